"""Every word of a calibration, in Italian and English: on the screen and on its charts."""

WORDS: dict[str, tuple[str, str]] = {
    "title": ("Calibrazione delle costanti incerte", "Calibration of the uncertain constants"),
    "scope": (
        "{territory}: {runs} simulazioni della legislazione vigente; seme {seed}.",
        "{territory}: {runs} runs of present law; seed {seed}.",
    ),
    "stage": ("{what} ({number} di {stages})", "{what} ({number} of {stages})"),
    "screening_stage": ("Vaglio", "Screening"),
    "wave_stage": ("Ondata {wave}", "Wave {wave}"),
    "prediction_stage": ("Riscontro", "Check"),
    "screening": (
        "Vaglio di Morris: {selected} costanti su {all} sono calibrate: muovono almeno una cifra più del "
        "caso e di {least} volte la sua incertezza. Le altre restano estratte dal proprio intervallo.",
        "Morris screening: {selected} constants of {all} are calibrated: they move at least one figure by "
        "more than chance and than {least} times its uncertainty. The others stay drawn from their range.",
    ),
    "left": (
        "Rispondono, ma oltre le {most} ammesse restano estratte dal proprio intervallo: {names}.",
        "They respond, but beyond the {most} allowed stay drawn from their range: {names}.",
    ),
    "waves": ("Esclusione per ondate", "History matching"),
    "wave": ("Ondata", "Wave"),
    "runs": ("Simul.", "Runs"),
    "kept": ("Non escluso", "Not ruled out"),
    "explained": ("Emulatore: varianza spiegata", "Emulator: variance told"),
    "within": ("entro 2 sd", "within 2 sd"),
    "shift": ("Spostamento", "Shift"),
    "effective": ("Pesi eq.", "Eff. size"),
    "waves_note": (
        "Non escluso: quota dell’a priori. Varianza spiegata: la minore fra le cifre, ogni punto previsto "
        "senza di esso. Spostamento: il maggiore di una media, in deviazioni standard dell’a priori.",
        "Not ruled out: share of the prior. Variance told: lowest over figures, each point predicted without "
        "itself. Shift: largest of a mean, in standard deviations of the prior.",
    ),
    "constants": (
        "Costanti calibrate: mediana e 9 estrazioni su 10",
        "Calibrated constants: median and 9 draws in 10",
    ),
    "constant": ("Costante", "Constant"),
    "prior": ("A priori", "Prior"),
    "posterior": ("A posteriori", "Posterior"),
    "coverage_note": (
        "Copertura: su {truths} verità simulate, gli intervalli di 9 estrazioni su 10 contengono il vero nel "
        "{share} dei casi.",
        "Coverage: over {truths} simulated truths, intervals of 9 draws in 10 hold the true value in {share} "
        "of cases.",
    ),
    "figures": (
        "Cifre pubblicate e simulate: mediana e 9 simulazioni su 10",
        "Published and simulated figures: median and 9 runs in 10",
    ),
    "figure": ("Cifra", "Figure"),
    "published": ("Pubblicata", "Published"),
    "fitted": ("usata", "fitted"),
    "inert": ("non risponde", "does not respond"),
    "predicted": ("solo prevista", "only predicted"),
    "within_verdict": ("entro", "within"),
    "near_verdict": ("vicina", "near"),
    "off_verdict": ("lontana", "off"),
    "figures_note": (
        "Usata: la calibrazione vi si adatta, e non è una prova. Solo prevista: tenuta fuori, e confrontata. "
        "Entro: a meno di 2 deviazioni standard di cifra e simulazioni; vicina: meno di 3.",
        "Fitted: calibration adapts to it, so it is no evidence. Only predicted: kept out, and compared. "
        "Within: less than 2 standard deviations of figure and runs; near: less than 3.",
    ),
    "shipped": (
        "Le estrazioni sono ora quelle distribuite con il modello (run.posterior=shipped).",
        "The draws are now those that come with the model (run.posterior=shipped).",
    ),
    "use": (
        "Per usare queste estrazioni: run.posterior=CARTELLA/posterior; per distribuirle con il modello, lo "
        "stesso comando con calibration.ship=true.",
        "To use these draws: run.posterior=FOLDER/posterior; to ship them with the model, the same command "
        "with calibration.ship=true.",
    ),
    "interval": ("9 su 10", "9 in 10"),
    "constant_note": (
        "{constant}; a priori {prior}; copertura {coverage}",
        "{constant}; prior {prior}; coverage {coverage}",
    ),
    "figure_note": ("{role}: {verdict}; a priori {prior}", "{role}: {verdict}; prior {prior}"),
    # Charts.
    "screening_chart": (
        "{selected} costanti su {all} muovono le cifre pubblicate",
        "{selected} constants of {all} move published figures",
    ),
    "screening_subtitle": (
        "Effetto di ogni costante, in deviazioni standard della cifra, {territory}",
        "Effect of each constant, in standard deviations of the figure, {territory}",
    ),
    "screening_note": (
        "Effetto medio assoluto (Morris) fra il 5° e il 95° percentile dell’a priori. Punto: non oltre il "
        "caso. In grassetto le costanti calibrate; le prime venti.",
        "Mean absolute effect (Morris) between the 5th and 95th percentile of the prior. Dot: not beyond "
        "chance. Calibrated constants in bold; the first twenty.",
    ),
    "posterior_chart": (
        "La calibrazione precisa soprattutto «{name}»",
        "Calibration narrows “{name}” most",
    ),
    "posterior_subtitle": (
        "Costanti calibrate: 9 estrazioni su 10, a priori e a posteriori, {territory}",
        "Calibrated constants: 9 draws in 10, prior and posterior, {territory}",
    ),
    "posterior_chart_note": (
        "Tratteggio e cerchio vuoto: a priori. Linea e cerchio pieno: a posteriori. Cerchi: mediane.",
        "Dashes and hollow circle: prior. Line and filled circle: posterior. Circles: medians.",
    ),
    "posterior_axis": ("intervallo ammesso di ogni costante", "range of each constant"),
    "from_to": (
        "da {low} a {high} (ammesso: da {least} a {most})",
        "{low} to {high} (range: {least} to {most})",
    ),
    "figures_chart": (
        "Dopo la calibrazione {inside} cifre su {all} sono entro l’incertezza",
        "After calibration {inside} figures of {all} are within uncertainty",
    ),
    "figures_subtitle": (
        "Cifre simulate meno cifre pubblicate: 9 simulazioni su 10, {territory}",
        "Simulated minus published figures: 9 runs in 10, {territory}",
    ),
    "figures_chart_note": (
        "Tratteggio e cerchio vuoto: a priori. Linea e cerchio pieno: a posteriori. Freccia: oltre la scala. "
        "Usata: la calibrazione vi si adatta; solo prevista: tenuta fuori e confrontata. Fascia grigia: 2 "
        "deviazioni standard della cifra; entro: meno di 2 di cifra e simulazioni insieme.",
        "Dashes and hollow circle: prior. Line and filled circle: posterior. Arrowhead: off the scale. "
        "Fitted: calibration adapts to it; only predicted: kept out and compared. Grey strip: 2 standard "
        "deviations of the figure; within: less than 2 of figure and runs together.",
    ),
    "figures_axis": (
        "deviazioni standard della cifra pubblicata",
        "standard deviations of the published figure",
    ),
    "published_and_simulated": (
        "pubblicata {published}, simulata {simulated}; {role}: {verdict}",
        "published {published}, simulated {simulated}; {role}: {verdict}",
    ),
    "waves_chart": (
        "Dopo {waves} ondate resta possibile il {share} dell’a priori",
        "After {waves} waves {share} of the prior remains possible",
    ),
    "waves_subtitle": (
        "Costanti calibrate, ondata per ondata: 9 estrazioni su 10, {territory}",
        "Calibrated constants, wave by wave: 9 draws in 10, {territory}",
    ),
    "waves_chart_note": (
        "Dall’alto: a priori (tratteggio), poi ogni ondata. Cerchi: mediane.",
        "From the top: prior (dashes), then each wave. Circles: medians.",
    ),
    "waves_axis": ("intervallo ammesso di ogni costante", "range of each constant"),
    "lowest": ("minimo", "lowest"),
    "highest": ("massimo", "highest"),
}
"""Words by key."""


def words(key: str, lang: str, **values: object) -> str:
    """Return words in a language, with their values filled in."""
    return WORDS[key][0 if lang == "it" else 1].format(**values)


def stage_words(stage: str, waves: int, lang: str) -> str:
    """Return what a stage of the procedure does, and which of all stages it is."""
    last = waves + 2
    if stage == "screening":
        what, number = words("screening_stage", lang), 1
    elif stage == "prediction":
        what, number = words("prediction_stage", lang), last
    else:
        wave = int(stage.rpartition(" ")[2])
        what, number = words("wave_stage", lang, wave=wave), wave + 1
    return words("stage", lang, what=what, number=number, stages=last)
