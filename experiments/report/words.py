"""Every word of a report that is not a chart's, in Italian and English."""

from experiments.language import LANGUAGES

WORDS: dict[str, tuple[str, str]] = {
    # First page.
    "running": (
        "confronto con la legislazione vigente, {first}–{last}",
        "comparison with present law, {first}–{last}",
    ),
    "kicker": ("Riforma «{title}», in vigore dal {day}", "Reform “{title}”, in force from {day}"),
    "new_money": ("con risorse aggiuntive", "with new money"),
    "equal_money": ("a parità di risorse regionali", "at equal regional money"),
    "saves": ("{hedge}la riforma fa risparmiare {size}", "{hedge}the reform saves {size}"),
    "costs": ("{hedge}la riforma costa {size} in più", "{hedge}the reform costs {size} more"),
    "rises_by": ("{name}: aumento di {size}{hedge}", "{name}: increase of {size}{hedge}"),
    "falls_by": ("{name}: calo di {size}{hedge}", "{name}: fall of {size}{hedge}"),
    "cost_same": (
        "La riforma non cambia in modo rilevante il costo dei servizi",
        "The reform does not change the cost of services in a relevant way",
    ),
    "cost_uncertain": (
        "È incerto se la riforma cambi il costo dei servizi",
        "It is uncertain whether the reform changes the cost of services",
    ),
    "services_better": (
        "i servizi migliorano dove vive {share} dei residenti",
        "services improve where {share} of residents live",
    ),
    "services_worse": (
        "i servizi calano dove vive {share} dei residenti",
        "services fall where {share} of residents live",
    ),
    "services_same": (
        "in nessun Comune i servizi cambiano in modo rilevante e molto probabile",
        "in no commune do services change in a relevant and very likely way",
    ),
    "and": ("e", "and"),
    "but": ("ma", "but"),
    "in_share": ("in {share} ", "in {share} "),
    "in_runs": ("Nelle repliche", "In the runs"),
    "moves": ("{name} {size} ({chance})", "{name} {size} ({chance})"),
    "nothing_clear": (
        "Nessun indicatore principale cambia in modo rilevante e probabile.",
        "No main indicator changes in a relevant and likely way.",
    ),
    "of_all": ("{count} su {total}", "{count} of {total}"),
    "communes_figure": (
        "Comuni in cui i servizi migliorano; in {worse} peggiorano",
        "communes in which services improve; in {worse} they worsen",
    ),
    "simulation": ("Simulazione, non previsione.", "A simulation, not a forecast."),
    # Provisions.
    "law": ("Che cosa cambia", "What changes"),
    "law_all": ("Le disposizioni, una per una", "The provisions, one by one"),
    "provision": ("Disposizione", "Provision"),
    "today": ("Oggi", "Today"),
    "with_reform": ("Con la riforma", "With the reform"),
    "why": ("Che cosa regola", "What it governs"),
    "law_more": (
        "… e altre {count}: la sezione «{section}» le riporta tutte.",
        "… and {count} more: section “{section}” has all.",
    ),
    "law_reason": ("Perché: {reason}", "Why: {reason}"),
    "law_none": ("La riforma non cambia alcuna disposizione.", "The reform changes no provision."),
    "law_source": (
        "Fonte: impostazioni delle esecuzioni, manifest.json, settings.scenarios.{reform} rispetto a {present}.",
        "Source: settings of the runs, manifest.json, settings.scenarios.{reform} against {present}.",
    ),
    # Indicators.
    "indicators": ("Indicatori principali nel {year}", "Main indicators in {year}"),
    "indicator": ("Indicatore", "Indicator"),
    "unit": ("Unità", "Unit"),
    "present_law": ("Legislazione vigente", "Present law"),
    "reform": ("Riforma", "Reform"),
    "difference": ("Differenza mediana", "Median difference"),
    "interval": ("9 repliche su 10", "9 runs in 10"),
    "claim": ("Che cosa si può dire", "What may be said"),
    "least": ("Effetto minimo rilevante", "Smallest relevant effect"),
    "indicators_note": (
        "Mediane di {pairs} di ogni scenario, con gli stessi sorteggi. Probabilità: quota di repliche oltre l’effetto "
        "minimo rilevante; quasi certo dal 95%, molto probabile dall’80%, probabile dal 60%. Il benessere (AMPI) è "
        "modellato, non osservato.",
        "Medians of {pairs} of every scenario, with the same draws. Probability: share of runs beyond the smallest "
        "relevant effect; almost certain from 95%, very likely from 80%, likely from 60%. Wellbeing (AMPI) is modelled, "
        "not observed.",
    ),
    "source_effects": (
        "Fonte: {file}, scenario {reform}, colonne {columns}.",
        "Source: {file}, scenario {reform}, columns {columns}.",
    ),
    "pair": ("replica", "run"),
    "pairs": ("repliche", "runs"),
    # Winners and losers.
    "who": ("Chi migliora e chi peggiora nel {year}", "Who gains and who loses in {year}"),
    "who_rule": (
        "Migliora il Comune il cui servizio percepito sale di almeno 1 punto dello standard in almeno l’80% delle "
        "repliche; peggiora nel caso opposto; è invariato se in almeno l’80% resta entro 1 punto; gli altri sono incerti.",
        "A commune is better off when its felt service rises by at least 1 point of the standard in at least 80% of "
        "runs; worse off in the opposite case; unchanged when it stays within 1 point in at least 80%; the others are "
        "uncertain.",
    ),
    "by_size": ("Per fascia demografica", "By size class"),
    "by_altitude": ("Per zona altimetrica", "By altitude zone"),
    "by_area": ("Per Provincia o Città metropolitana", "By province or metropolitan city"),
    "by_union": ("Per Unione (alla fine del 2022)", "By union (at the end of 2022)"),
    "no_union": ("fuori da ogni Unione", "outside all unions"),
    "group": ("Gruppo", "Group"),
    "communes": ("Comuni", "Communes"),
    "commune": ("Comune", "commune"),
    "residents": ("Residenti", "Residents"),
    "better": ("Migliorano", "Better off"),
    "worse": ("Peggiorano", "Worse off"),
    "unchanged": ("Invariati", "Unchanged"),
    "uncertain": ("Incerti", "Uncertain"),
    "better_residents": ("Residenti in Comuni che migliorano", "Residents of communes better off"),
    "worse_residents": ("Residenti in Comuni che peggiorano", "Residents of communes worse off"),
    "newly_below": ("Più funzioni sotto il LEP", "More functions below LEP"),
    "no_longer_below": ("Meno funzioni sotto il LEP", "Fewer functions below LEP"),
    "all_communes": ("Tutti i Comuni", "All communes"),
    "lep": (
        "LEP: livelli essenziali delle prestazioni; Comuni in cui il loro numero sotto soglia cresce, o cala, in almeno "
        "l’80% delle repliche.",
        "LEP: essential levels of services; communes in which the number below rises, or falls, in at least 80% of runs.",
    ),
    "most_affected": ("I {count} Comuni più toccati", "The {count} communes most affected"),
    "no_affected": (
        "Nessun Comune migliora o peggiora in almeno l’80% delle repliche: nessuno si può nominare.",
        "No commune is better or worse off in at least 80% of runs: none can be named.",
    ),
    "area": ("Area", "Area"),
    "service_change": ("Servizi, punti", "Services, points"),
    "resources_change": ("Risorse, € per abitante", "Resources, € per resident"),
    "names_note": (
        "Con cautela per i nomi: la capacità fiscale residua di ogni Comune è imputata, e così le funzioni iniziali di "
        "{unions}. L’elenco è per variazione del servizio percepito; il benessere (AMPI) non serve a nominare alcuno.",
        "With care for names: the residual fiscal capacity of every commune is imputed, and so are the initial functions "
        "of {unions}. The list is by change of felt service; wellbeing (AMPI) names nobody.",
    ),
    "names_note_imputed": (
        "Di {communes} sono noti solo residenti e confini: i risultati valgono per l’insieme, non per il singolo Comune.",
        "Of {communes} only residents and boundaries are known: results hold for the whole, not for a single commune.",
    ),
    "union_noun": ("Unione", "union"),
    "union_nouns": ("Unioni", "unions"),
    # Paths.
    "paths": ("Andamento nel tempo", "Paths over time"),
    "paths_table": (
        "Differenza dalla legislazione vigente, anno per anno",
        "Difference from present law, year by year",
    ),
    "paths_source": (
        "Fonte: indicators.parquet, scenario {reform} meno {present}, mediana e 9 repliche su 10.",
        "Source: indicators.parquet, scenario {reform} less {present}, median and 9 runs in 10.",
    ),
    # Money.
    "money": ("I flussi di denaro fra i livelli nel {year}", "Money flows by level in {year}"),
    "flows_table": ("Chi paga e chi riceve, milioni di euro", "Who pays and who gets, millions of euros"),
    "payer": ("Chi paga", "Who pays"),
    "payee": ("Chi riceve", "Who gets"),
    "flow": ("Flusso", "Flow"),
    "flows_source": (
        "Fonte: flows.parquet, anno {year}, somma di cents per replica; mediana delle repliche, differenze replica per replica. "
        "Solo i flussi di almeno {least} milioni di euro.",
        "Source: flows.parquet, year {year}, sum of cents by run; median of runs, differences run by run. Only flows of at "
        "least {least} million euros.",
    ),
    "kinds_table": ("Per che cosa, milioni di euro", "What for, millions of euros"),
    "net_money": ("Saldo netto per livello, € per abitante", "Net money by level, € per resident"),
    "level_region": ("Regione", "Region"),
    "level_area": ("Province e Città metropolitana", "Provinces and metropolitan city"),
    "level_union": ("Unioni", "Unions"),
    "level_commune": ("Comuni", "Communes"),
    "level_agency": ("Agenzia dei rifiuti", "Waste agency"),
    "level_state": ("Stato", "State"),
    "level_residents": ("Residenti", "Residents"),
    "level_suppliers": ("Erogazione dei servizi", "Delivery of services"),
    "kind_own_revenue": ("Entrate proprie", "Own revenue"),
    "kind_waste_tariff": ("Tariffa dei rifiuti", "Waste tariff"),
    "kind_equalisation": ("Fondo di solidarietà comunale", "Equalisation fund"),
    "kind_compensation": ("Compensazioni", "Compensations"),
    "kind_service_equity": ("Risorse per l’equità dei servizi", "Service-equity money"),
    "kind_state_transfer": ("Trasferimenti dello Stato", "State transfers"),
    "kind_regional_allocation": ("Riparto regionale", "Regional allocation"),
    "kind_area_allocation": ("Riparto di area", "Area allocation"),
    "kind_incentive": ("Incentivi", "Incentives"),
    "kind_quota": ("Quote dei Comuni", "Quotas of communes"),
    "kind_solidarity": ("Solidarietà fra Comuni", "Solidarity among communes"),
    "kind_devolved_resources": ("Risorse delle funzioni trasferite", "Resources of functions that move"),
    "kind_programme": ("Programmi e accordi", "Programmes and agreements"),
    "kind_assistance": ("Assistenza tecnica", "Technical assistance"),
    "kind_knowledge": ("Conoscenza e controllo", "Knowledge and monitoring"),
    "kind_delivery": ("Erogazione dei servizi", "Delivery of services"),
    "kind_transition": ("Transizione", "Transition"),
    # Instruments.
    "instruments": (
        "Il contributo di ogni strumento nel {year}",
        "What each instrument contributes in {year}",
    ),
    "instrument": ("Strumento", "Instrument"),
    "all_instruments": ("Tutti insieme", "All together"),
    "only_together": ("Solo insieme", "Only together"),
    "instruments_note": (
        "Mediana e 9 repliche su 10 della riforma intera meno la riforma senza lo strumento. Solo insieme: l’effetto "
        "intero meno la somma degli effetti di ogni strumento da solo. In neretto ciò che supera l’effetto minimo "
        "rilevante in almeno il 60% delle repliche.",
        "Median and 9 runs in 10 of the full reform less the reform without the instrument. Only together: the full "
        "effect less the sum of the effects of each instrument alone. Bold: beyond the smallest relevant effect in at "
        "least 60% of runs.",
    ),
    "instruments_missing": (
        "Il contributo dei singoli strumenti non è stato analizzato: lo è con «compare … ablate=true».",
        "What each instrument contributes was not analysed: it is with “compare … ablate=true”.",
    ),
    "no_instrument_moves": (
        "Nessuno strumento sposta un indicatore principale oltre l’effetto minimo rilevante.",
        "No instrument moves a main indicator beyond its smallest relevant effect.",
    ),
    "source_ablation": (
        "Fonte: ablation.parquet, reform {reform}, measure removed, full e together, colonne median, q05, q95.",
        "Source: ablation.parquet, reform {reform}, measure removed, full and together, columns median, q05, q95.",
    ),
    # Dependence.
    "dependence": ("Da che cosa dipende", "What it depends on"),
    "no_sensitivity": (
        "Da quali ipotesi dipendano questi risultati non è stato analizzato: lo dice il comando «sensitivity», la cui "
        "cartella si indica con --sensitivity.",
        "Which assumptions these results depend on was not analysed: the command “sensitivity” tells; name its folder "
        "with --sensitivity.",
    ),
    "shares": (
        "Quota della varianza degli effetti dovuta ai parametri incerti; il resto è caso.",
        "Part of the variance of effects that is due to uncertain parameters; the rest is chance.",
    ),
    "shares_table": ("Parametri e caso", "Parameters and chance"),
    "parameter_share": ("Dovuta ai parametri", "Due to parameters"),
    "box_shares": (
        "Nella mediana degli indicatori principali {share} dell’incertezza viene dai parametri incerti, il resto dal caso.",
        "In the median of the main indicators {share} of the uncertainty comes from uncertain parameters, the rest from chance.",
    ),
    "of_sensitivity": (
        "Dall’analisi «{name}» (esecuzione {run}): {scope}.",
        "From the analysis “{name}” (run {run}): {scope}.",
    ),
    "scope_effect": (
        "differenze di «{title}» dalla legislazione vigente",
        "differences of “{title}” from present law",
    ),
    "scope_level": ("valori di «{title}»", "values of “{title}”"),
    "finding": ("Che cosa conta", "What matters"),
    "other_territory": (
        "Attenzione: l’analisi è di un altro territorio, o di altre tabelle.",
        "Beware: the analysis is of another territory, or of other tables.",
    ),
    # Limits.
    "limits": ("Che cosa il modello non sa o lascia fuori", "What the model does not know or leaves out"),
    "limits_short": ("Che cosa il modello non sa", "What the model does not know"),
    "outside": (
        "Restano fuori: spese in conto capitale, debito, fusioni di Comuni, contributo delle Province allo Stato, acqua, "
        "sanità, spostamenti dei residenti.",
        "Left out: capital spending, debt, mergers of communes, the provinces’ contribution to the State, water, health, "
        "residents’ moves.",
    ),
    "imputed_capacity": (
        "Imputata ed estratta di nuovo in ogni replica: la parte immobiliare della capacità fiscale di ogni Comune.",
        "Imputed and drawn anew in every run: the property part of the fiscal capacity of every commune.",
    ),
    "imputed_unions": (
        "Imputate: le funzioni iniziali di {unions}.",
        "Imputed: the initial functions of {unions}.",
    ),
    "imputed_figures": (
        "Altre cifre imputate nelle tabelle del territorio: {count}.",
        "Other figures imputed in the tables of the territory: {count}.",
    ),
    "imputed_communes": (
        "Di {communes} sono noti solo residenti e confini; fabbisogni, redditi, tributi, servizi e Unioni sono imputati.",
        "Of {communes} only residents and boundaries are known; need, income, taxes, services and unions are imputed.",
    ),
    "other_imputed": (
        "Imputati anche: la ripartizione dei servizi fra le funzioni, i riparti regionali del passato, parte del benessere. Il "
        "benessere (AMPI) è modellato, non osservato.",
        "Imputed too: the spread of services over functions, past regional allocations, part of wellbeing. Wellbeing (AMPI) "
        "is modelled, not observed.",
    ),
    "posterior": (
        "Costanti incerte: {calibrated} calibrate sui dati pubblicati, che riguardano le Unioni; {others} estratte dal proprio "
        "intervallo; {held} fissate.",
        "Uncertain constants: {calibrated} calibrated on published figures, which are about unions; {others} drawn from "
        "their range; {held} held.",
    ),
    "coverage": (
        "Nella prova della calibrazione gli intervalli al 90% contengono il valore vero {share} delle volte.",
        "In the test of the calibration, 90% intervals hold the true value {share} of the time.",
    ),
    "no_draws": (
        "I parametri hanno il loro valore centrale: l’incertezza sui parametri non è negli intervalli.",
        "Parameters have their central value: uncertainty about them is not in the intervals.",
    ),
    "few_pairs": (
        "Le repliche sono {pairs}: per parlare di probabilità ne servono almeno 20.",
        "There are {pairs}: probabilities take at least 20.",
    ),
    # Provenance.
    "provenance": ("Provenienza", "Provenance"),
    "command": ("Comando", "Command"),
    "run_id": ("Esecuzione", "Run"),
    "created": ("Data", "Date"),
    "version": ("Versione", "Version"),
    "commit": ("Revisione del codice", "Commit"),
    "dirty": ("con modifiche non registrate", "with changes not committed"),
    "unknown": ("non nota", "unknown"),
    "settings": ("Impostazioni", "Settings"),
    "territory": ("Territorio", "Territory"),
    "territory_hash": ("Tabelle del territorio (SHA-256)", "Tables of the territory (SHA-256)"),
    "seed": ("Seme", "Seed"),
    "runs": ("Repliche", "Runs"),
    "runs_told": (
        "{pairs} per scenario: {draws} estrazioni dei parametri per {replicates}",
        "{pairs} a scenario: {draws} draws of parameters by {replicates}",
    ),
    "years": ("Anni", "Years"),
    "posterior_hash": ("Estrazioni dei parametri (SHA-256)", "Parameter draws (SHA-256)"),
    "python": ("Python e pacchetti", "Python and packages"),
    "certificate": ("Certificato dei conti", "Certificate of the books"),
    "certificate_told": (
        "{runs} simulazioni, {years} anni, {flows} flussi di denaro per {moved} centesimi: scarto {discrepancy} centesimi; "
        "saldo locale più basso {lowest} centesimi.",
        "{runs} simulations, {years} years, {flows} flows of money worth {moved} cents: discrepancy {discrepancy} cents; "
        "lowest local balance {lowest} cents.",
    ),
    "tables": ("Tabelle dei risultati", "Tables of the results"),
    "table": ("Tabella", "Table"),
    "rows": ("Righe", "Rows"),
    "columns": ("Colonne", "Columns"),
    "how_cited": (
        "Ogni cifra di questo rapporto porta con sé la tabella, le righe e la colonna da cui viene (attributo data-source "
        "della versione HTML).",
        "Every figure of this report carries the table, the rows and the column it comes from (attribute data-source of the "
        "HTML version).",
    ),
    "licence": (
        "Licenza dei risultati: {licence}. Programma: EUPL-1.2.",
        "Licence of the results: {licence}. Software: EUPL-1.2.",
    ),
    "footer": (
        "Fonte: simulazione Area Vasta; dati ISTAT, MEF, OpenCivitas. Esecuzione {run}, impostazioni {settings}, {pairs}, {day}.",
        "Source: Area Vasta simulation; data by ISTAT, MEF, OpenCivitas. Run {run}, settings {settings}, {pairs}, {day}.",
    ),
    "data": ("Dati del grafico", "Data of the chart"),
    "data_file": ("scarica {name} (CSV)", "download {name} (CSV)"),
    "contents": ("Indice", "Contents"),
    "page_of": (" di ", " of "),
    "charts": ("Grafici", "Charts"),
    # Other commands.
    "other_running": ("risultati di «{command}», {first}–{last}", "results of “{command}”, {first}–{last}"),
    "other_kicker": ("{territory}, {first}–{last}", "{territory}, {first}–{last}"),
    "other_headline": ("Risultati di «{command}»", "Results of “{command}”"),
    "findings": ("Risultati in parole", "Findings in words"),
    "first_rows": (
        "Prime {shown} righe di {count}: la tabella intera è {file}.",
        "First {shown} rows of {count}: the whole table is {file}.",
    ),
    "source_table": ("Fonte: {file}.", "Source: {file}."),
    # The command.
    "written": ("Rapporto: {files}", "Report: {files}"),
    "no_pango": (
        "Nessun PDF: manca la libreria Pango (Debian e Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0).",
        "No PDF: the library Pango is missing (Debian and Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0).",
    ),
}


def word(key: str, lang: str, **values: object) -> str:
    """Return words in a language, with their values filled in where any are given."""
    text = WORDS[key][LANGUAGES.index(lang)]
    return text.format(**values) if values else text
