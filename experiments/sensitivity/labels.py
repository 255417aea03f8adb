"""Every word of an analysis, in Italian and English."""

from experiments.sensitivity.study import CHANCE, DUMMY

WORDS: dict[str, tuple[str, str]] = {
    CHANCE: ("caso (seme)", "chance (seed)"),
    DUMMY: ("fattore fittizio", "dummy factor"),
    "much": ("conta molto", "matters much"),
    "matters": ("conta", "matters"),
    "together": ("conta insieme ad altri", "matters together with others"),
    "limit": ("al limite del rumore", "at the edge of noise"),
    "noise": ("non distinguibile dal rumore", "cannot be told from noise"),
    "little": ("conta poco o nulla", "matters little or not at all"),
    "noise_steps": ("effetto trascurabile", "negligible effect"),
    "limit_steps": ("al limite dell’effetto minimo", "at the edge of relevance"),
    "short_much": ("molto", "much"),
    "short_matters": ("conta", "matters"),
    "short_together": ("con altri", "with others"),
    "short_limit": ("al limite", "at the edge"),
    "short_noise": ("rumore", "noise"),
    "short_noise_steps": ("trascurabile", "negligible"),
    "short_little": ("poco", "little"),
    "sets_noise": ("fissa la soglia del rumore", "sets the level of noise"),
    "clear_lead": ("contano, in ordine, {names}", "what matters, in order, is {names}"),
    "clear_one": ("conta {names}", "what matters is {names}"),
    "clear_none": ("nessun fattore conta in modo chiaro", "no factor clearly matters"),
    "limit_lead": ("al limite: {names}", "at the edge: {names}"),
    "noise_lead": (
        "non si distinguono dal rumore ({noise}): {names}",
        "not to be told from noise ({noise}): {names}",
    ),
    "noise_lead_steps": ("effetto trascurabile: {names}", "negligible effect: {names}"),
    "little_lead": ("non contano (meno del 5%): {names}", "what does not matter (below 5%): {names}"),
    "chance_total": (
        "il caso spiega fino a {value} della varianza",
        "chance explains up to {value} of the variance",
    ),
    "chance_mu_star": ("il caso da solo sposta in media {value}", "chance alone moves {value} on average"),
    "chance_median": (
        "il caso sposta la distribuzione di {value} su 1",
        "chance shifts the distribution by {value} of 1",
    ),
    "enough": ("I campioni bastano.", "Samples suffice."),
    "wide": (
        "Campioni troppo pochi: intervalli larghi fino a {width}, mentre è chiesto {precision}.",
        "Samples are too few: intervals up to {width} wide, where {precision} is asked for.",
    ),
    "wide_steps": (
        "Campioni troppo pochi: intervalli larghi fino a {width} volte l’effetto maggiore, mentre è chiesto "
        "{precision}.",
        "Samples are too few: intervals up to {width} times the largest effect wide, where {precision} is "
        "asked for.",
    ),
    "unsettled_steps": (
        "Campioni troppo pochi: raddoppiandoli, un effetto si è ancora mosso di {moved} volte il maggiore.",
        "Samples are too few: doubling them still moved an effect by {moved} times the largest.",
    ),
    "unsettled": (
        "Campioni troppo pochi: raddoppiandoli, un indice si è ancora mosso di {moved}.",
        "Samples are too few: doubling them still moved an index by {moved}.",
    ),
    "one_size": (
        "Campioni troppo pochi: non si possono dimezzare per vedere se gli indici sono stabili.",
        "Samples are too few: they cannot be halved to see whether indices have settled.",
    ),
    "constant": ("{name} non varia: nessun fattore la muove.", "{name} does not vary: no factor moves it."),
    "small": (
        "Attenzione: varia meno dell’effetto minimo rilevante.",
        "Beware: it varies by less than the smallest relevant effect.",
    ),
    "dropped": ("Esclusi {count} senza valore finito.", "{count} without a finite value are left out."),
    "point": ("punto", "point"),
    "points": ("punti", "points"),
    "morris": ("metodo di Morris", "Morris’s method"),
    "sobol": ("indici di Sobol", "Sobol indices"),
    "pawn": ("metodo PAWN", "the PAWN method"),
    "given": ("metodo PAWN sui punti di un’esplorazione", "the PAWN method on the points of a sweep"),
    "title": ("Da che cosa dipendono i risultati", "What results depend on"),
    "scope": (
        "{territory}, {year}, {what}: {method}, {factors}, {points}, {runs} simulazioni.",
        "{territory}, {year}, {what}: {method}, {factors}, {points}, {runs} simulations.",
    ),
    "level": ("valori di «{scenario}»", "values of “{scenario}”"),
    "effect": (
        "differenze di «{scenario}» dalla legislazione vigente",
        "differences of “{scenario}” from present law",
    ),
    "factor": ("fattore", "factor"),
    "factors": ("fattori", "factors"),
    "indicator": ("Indicatore e fattore", "Indicator and factor"),
    "index_total": ("Indice totale", "Total index"),
    "index_mu_star": ("Effetto medio", "Mean effect"),
    "index_median": ("Distanza", "Distance"),
    "interval": ("Intervallo al 95%", "95% interval"),
    "claim": ("Giudizio", "Verdict"),
    "note_total": (
        "Indice totale: parte della varianza che c’entra con il fattore, da solo o con altri. "
        "Rumore: quanto il campione attribuisce a un fattore che non entra nel modello. Sotto lo 0 e oltre "
        "il 100% va solo ciò che il campione è troppo piccolo per dire.",
        "Total index: part of the variance that a factor has to do with, alone or with others. "
        "Noise: what the sample ascribes to a factor that does not enter the model. Only what the sample is "
        "too small to tell goes below 0 and above 100%.",
    ),
    "note_chance_total": (
        "Caso: il seme è un fattore come gli altri.", "Chance: the seed is a factor like others.",
    ),
    "note_mu_star": (
        "Effetto medio: di quanto si muove l’indicatore, nella sua unità, lungo l’intero "
        "intervallo del fattore. "
        "Conta ciò che supera l’effetto minimo rilevante.",
        "Mean effect: how far the indicator moves, in its unit, over the whole range of the "
        "factor. What exceeds "
        "the smallest relevant effect matters.",
    ),
    "note_chance_mu_star": (
        "Caso: differenza media fra due semi, presi ogni volta di nuovo.",
        "Chance: mean difference between two seeds, taken anew each time.",
    ),
    "note_median": (
        "Distanza, da 0 a 1, fra la distribuzione dell’indicatore a valori vicini del fattore e "
        "quella di tutti i "
        "punti (mediana). Rumore: la distanza di un fattore che non entra nel modello.",
        "Distance, 0 to 1, between the distribution of the indicator at neighbouring values of "
        "the factor and that "
        "of all points (median). Noise: the distance of a factor that does not enter the model.",
    ),
    "chart_bars": ("Punti e intervalli", "Dots and intervals"),
    "chart_heat": ("Mappa di calore", "Heat map"),
    "chart_network": ("Rete delle interazioni", "Network of interactions"),
    "chart_convergence": ("Piccoli multipli", "Small multiples"),
    "most": (
        "{name}: conta soprattutto «{factor}» ({value})",
        "{name}: “{factor}” matters most ({value})",
    ),
    "most_chance": (
        "{name}: il caso conta più di ogni fattore ({value})",
        "{name}: chance matters more than any factor ({value})",
    ),
    "most_none": ("{name}: nessun fattore conta in modo chiaro", "{name}: no factor clearly matters"),
    "subtitle_total": ("Parte della varianza nel {year}, {what}", "Part of the variance in {year}, {what}"),
    "subtitle_mu_star": (
        "Effetto medio lungo l’intervallo di ogni fattore nel {year}, {unit}, {what}",
        "Mean effect over the range of each factor in {year}, {unit}, {what}",
    ),
    "subtitle_median": (
        "Distanza fra distribuzioni, da 0 a 1, nel {year}, {what}",
        "Distance between distributions, 0 to 1, in {year}, {what}",
    ),
    "noise_strip": ("rumore", "noise"),
    "noise_strip_steps": ("trascur.", "neglig."),
    "alone": ("da solo", "alone"),
    "in_all": ("in tutto", "in all"),
    "bars_note": (
        "Cerchio e barra: {index}, con intervallo al 95%; pieno: oltre la striscia.",
        "Circle and bar: {index}, with interval of 95%; filled: beyond the strip.",
    ),
    "alone_note": ("Rombo: indice del primo ordine.", "Diamond: first-order index."),
    "strip_noise": (
        "Striscia: rumore, fissato dal fattore fittizio, che non entra nel modello.",
        "Strip: noise, set by the dummy factor, which does not enter the model.",
    ),
    "strip_steps": ("Striscia: effetto minimo rilevante.", "Strip: smallest relevant effect."),
    "left_out": (
        "Non mostrati {count} fattori, al più {value}.",
        "{count} factors are not shown, at most {value}.",
    ),
    "counts": (
        "{factors} variati insieme, {points}, {runs} simulazioni.",
        "{factors} varied together, {points}, {runs} simulations.",
    ),
    "heat_title": (
        "{factor} è il fattore che conta per più indicatori: {count} su {all}",
        "{factor} is the factor that matters for most indicators: {count} of {all}",
    ),
    "heat_tie": (
        "{factors} fattori contano ciascuno per {count} indicatori su {all}",
        "{factors} factors each matter for {count} of {all} indicators",
    ),
    "heat_none": (
        "Nessun fattore conta in modo chiaro per alcun indicatore",
        "No factor clearly matters for any indicator",
    ),
    "heat_note": (
        "Neretto e colore: il fattore conta; grigio: al limite o nel rumore. Colonne vuote: "
        "l’indicatore non varia.",
        "Bold and coloured: the factor matters; grey: at the edge of noise or in it. Empty "
        "columns: the indicator "
        "does not vary.",
    ),
    "heat_multiples": (
        "Effetto medio in multipli dell’effetto minimo rilevante nel {year}, {what}",
        "Mean effect in smallest relevant effects in {year}, {what}",
    ),
    "network_title": (
        "{name}: «{first}» e «{second}» agiscono insieme ({value})",
        "{name}: “{first}” and “{second}” act together ({value})",
    ),
    "network_subtitle": (
        "Parte della varianza che due fattori spiegano solo insieme, nel {year}, {what}",
        "Part of the variance that two factors explain only together, in {year}, {what}",
    ),
    "network_note": (
        "Linea: indice del secondo ordine il cui intervallo al 95% esclude lo zero, tanto più "
        "spessa quanto più è "
        "alto. Cerchio: indice totale.",
        "Line: second-order index whose 95% interval excludes zero, the thicker the higher. "
        "Circle: total index.",
    ),
    "convergence_title": (
        "Indicatori per i quali i campioni bastano: {count} su {all}",
        "Indicators for which samples suffice: {count} of {all}",
    ),
    "convergence_subtitle": (
        "{index} dei fattori più alti al crescere del numero di punti, {what}",
        "{index} of the highest factors as the number of points grows, {what}",
    ),
    "convergence_note": (
        "Barra: intervallo al 95%. Tratteggio: fattore fittizio. Ogni campione contiene il precedente.",
        "Bar: interval of 95%. Dashed: dummy factor. Every sample contains the one before.",
    ),
    "failed": (
        "Attenzione: {count} non riuscite; i loro punti sono esclusi.",
        "Beware: {count} failed; their points are left out.",
    ),
    "run": ("simulazione", "simulation"),
    "runs": ("simulazioni", "simulations"),
}  # fmt: skip


def word(key: str, lang: str, **values: object) -> str:
    """Return words in a language, with their values filled in."""
    return WORDS[key][0 if lang == "it" else 1].format(**values)
