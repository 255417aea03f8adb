"""The words of `discover`, in Italian and English."""

from experiments.language import LANGUAGES

WORDS: dict[str, tuple[str, str]] = {
    "title": ("Dove una riforma fallisce", "Where a reform fails"),
    "scope": (
        "{territory}, {year}; {worlds} mondi possibili, {factors} fattori incerti, {runs} simulazioni",
        "{territory}, {year}; {worlds} possible worlds, {factors} uncertain factors, {runs} simulations",
    ),
    "goal_effect": (
        "Obiettivo: {name}, differenza dalla legislazione vigente, {limits}",
        "Goal: {name}, difference from present law, {limits}",
    ),
    "goal_level": ("Obiettivo: {name}, {limits}", "Goal: {name}, {limits}"),
    "at_least": ("almeno {low}", "at least {low}"),
    "at_most": ("al massimo {high}", "at most {high}"),
    "between": ("fra {low} e {high}", "between {low} and {high}"),
    "fails": ("«{reform}» non raggiunge l’obiettivo", "“{reform}” misses the goal"),
    "succeeds": ("«{reform}» raggiunge l’obiettivo", "“{reform}” reaches the goal"),
    "box": (
        "{subject} quando {conditions}: accade {density} di questi mondi, con {coverage} di tutti i casi "
        "(fra tutti i mondi {rate}).",
        "{subject} when {conditions}: it does {density} of these worlds, which hold {coverage} of all cases "
        "({rate} among all worlds).",
    ),
    "confirmed": (
        "Condizioni ritrovate in altri mondi: in 9 ricampionamenti su 10 la quota sale lì di "
        "{low}–{high} punti.",
        "Conditions found again in other worlds: in 9 resamples of 10 the share rises there by "
        "{low} to {high} points.",
    ),
    "fragile_none": (
        "Condizioni non confermate: in altri mondi non si ritrovano.",
        "Conditions not confirmed: in other worlds they are not found again.",
    ),
    "boxes_fragile": (
        "{subject}: le condizioni trovate non sono confermate",
        "{subject}: the conditions found are not confirmed",
    ),
    "fragile": (
        "Condizioni non confermate: in 9 ricampionamenti su 10 la quota cambia, in altri mondi, di un "
        "valore fra {low} e {high} punti.",
        "Conditions not confirmed: in 9 resamples of 10 the share changes, in other worlds, by a value "
        "between {low} and {high} points.",
    ),
    "none": (
        "{subject} {rate} dei mondi, ma nessuna condizione sui fattori li distingue meglio del caso.",
        "{subject} {rate} of the worlds, but no condition on the factors tells them apart better than "
        "chance.",
    ),
    "few": (
        "{subject} {rate} dei mondi: i casi, o i mondi che non lo sono, sono troppo pochi per dire quando.",
        "{subject} {rate} of the worlds: cases, or worlds that are none, are too few to say when.",
    ),
    "never": (
        "{subject} in nessun mondo provato ({worlds}).",
        "{subject} in none of the {worlds} worlds tried.",
    ),
    "always": (
        "{subject} in tutti i mondi provati ({worlds}).",
        "{subject} in all of the {worlds} worlds tried.",
    ),
    "and": (" e ", " and "),
    "or": (" o ", " or "),
    "condition_low": ("{name} è almeno {low}", "{name} is at least {low}"),
    "condition_high": ("{name} è al massimo {high}", "{name} is at most {high}"),
    "condition_between": ("{name} è fra {low} e {high}", "{name} is between {low} and {high}"),
    "condition_values": ("{name} è {values}", "{name} is {values}"),
    "regret": (
        "La più robusta è «{option}»: nel mondo peggiore perde {largest} rispetto alla scelta migliore lì "
        "(in 9 mondi su 10 al massimo {q90}).",
        "The most robust is “{option}”: in its worst world it loses {largest} against the best choice there "
        "(in 9 worlds of 10 at most {q90}).",
    ),
    "regret_tie": (
        "«{option}» perde meno nel mondo peggiore, ma non di un effetto che conti rispetto a {others}.",
        "“{option}” loses least in its worst world, but not by an effect that counts against {others}.",
    ),
    "failed": ("Mondi esclusi per simulazioni fallite: {count}", "Worlds left out for failed runs: {count}"),
    # Tables.
    "reform": ("Riforma", "Reform"),
    "condition": ("Condizione", "Condition"),
    "again": ("Ritrovata", "Found again"),
    "option": ("Scelta", "Choice"),
    "largest": ("Rimpianto massimo", "Largest regret"),
    "q90": ("9 mondi su 10", "9 worlds in 10"),
    "best": ("Mondi in cui è la migliore", "Worlds where it is best"),
    "present_law": ("Legislazione vigente", "Present law"),
    # Charts.
    "boxes_chart": ("Barre di condizioni", "Bars of conditions"),
    "boxes_title_box": ("{subject} quando {conditions}", "{subject} when {conditions}"),
    "boxes_short": ("{subject}: condizioni su {count} fattori", "{subject}: conditions on {count} factors"),
    "boxes_subtitle": (
        "{goal}; {territory}, {year}: {density} dei mondi entro le condizioni, {coverage} dei casi",
        "{goal}; {territory}, {year}: {density} of the worlds within the conditions, {coverage} of the cases",
    ),
    "boxes_note": (
        "Barra grigia: valori provati; barra blu: condizione. Ritrovata: quota dei ricampionamenti con una "
        "condizione su quel fattore. Algoritmo PRIM, EMA Workbench.",
        "Grey bar: values tried; blue bar: condition. Found again: part of resamples with a condition on "
        "that factor. PRIM algorithm, EMA Workbench.",
    ),
    "found_again": ("ritrovata {share} dei ricampionamenti", "found again {share} of resamples"),
    "path_chart": ("Curva di copertura e densità", "Curve of coverage and density"),
    "path_title": (
        "Dove valgono le condizioni il caso si dà {density} delle volte; casi colti: {coverage}",
        "The conditions are right in {density} of worlds, with {coverage} of cases covered",
    ),
    "path_title_none": (
        "Nessuna condizione distingue i casi meglio del caso",
        "No condition tells cases apart better than chance",
    ),
    "path_subtitle": (
        "Ogni punto è un insieme di condizioni, dalle più larghe alle più strette; {territory}, {year}",
        "Each dot is a set of conditions, from the widest to the narrowest; {territory}, {year}",
    ),
    "coverage": ("Copertura: casi entro le condizioni", "Coverage: cases within the conditions"),
    "density": ("Densità: casi fra i mondi entro le condizioni", "Density: cases among worlds within"),
    "chosen": ("scelta", "chosen"),
    "general": ("in generale", "in general"),
    "path_note": (
        "Linea tratteggiata: quota dei casi fra tutti i mondi.",
        "Dashed line: part of cases among all worlds.",
    ),
    "regret_chart": ("Punti del rimpianto", "Dots of regret"),
    "regret_title": ("La scelta più robusta è «{option}»", "The most robust choice is “{option}”"),
    "regret_title_tie": (
        "Nessuna scelta è la più robusta per un effetto che conti",
        "No choice is the most robust by an effect that counts",
    ),
    "regret_subtitle": (
        "Quanto si perde in ogni mondo rispetto alla scelta migliore lì: {name}, {unit}; {territory}, {year}",
        "How much is lost in each world against the best choice there: {name}, {unit}; {territory}, {year}",
    ),
    "regret_note": (
        "Cerchio pieno: nel mondo peggiore; cerchio vuoto: in 9 mondi su 10 al massimo. Striscia: effetto "
        "minimo rilevante.",
        "Full dot: in the worst world; hollow dot: at most, in 9 worlds of 10. Strip: smallest relevant "
        "effect.",
    ),
    "worst_world": ("nel mondo peggiore", "in the worst world"),
    "nine_worlds": ("in 9 mondi su 10", "in 9 worlds of 10"),
    "counts": ("{worlds} mondi, {runs} simulazioni.", "{worlds} worlds, {runs} simulations."),
}
"""Each in Italian and English."""


def say(key: str, lang: str, **values: object) -> str:
    """Return a word or sentence in a language, with its values filled in."""
    return WORDS[key][LANGUAGES.index(lang)].format(**values)
