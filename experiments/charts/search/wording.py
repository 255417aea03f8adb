"""Words that the charts of a search share."""

from experiments import language
from experiments.charts.frame import Caption, alternative_text
from experiments.charts.search.labels import say
from experiments.charts.sensitivity.wording import indicator_notes
from experiments.search.checks import new_money
from experiments.search.results import SearchOutcome
from experiments.search.words import word

Scope = dict[str, str]


def scope(outcome: SearchOutcome, lang: str) -> Scope:
    """Return the words of every subtitle: where, when, of how many runs which statistic."""
    wanted = outcome.evaluator.settings.search
    share = language.percent(wanted.caution, lang)
    runs = language.counted(outcome.evaluator.cases, say("run", lang), say("runs", lang), lang)
    return {
        "territory": outcome.territory_name[lang],
        "year": str(outcome.horizon),
        "statistic": say(wanted.statistic.value, lang, share=share),
        "runs": runs,
        "tried": language.number(len(outcome.searched.found), lang),
    }


def search_caption(
    outcome: SearchOutcome,
    title: str,
    subtitle: str,
    notes: tuple[str, ...],
    rows: tuple[str, ...],
    lang: str,
) -> Caption:
    """Bring together the words of one chart; the first row says which chart it is."""
    ruler = outcome.evaluator.ruler
    names = " ".join(
        [*(aim.measure.name[lang] for aim in ruler.aims), *(one.measure.name[lang] for one in ruler.limits)]
    )
    first, *others = rows
    lead = f"{first}, {outcome.territory_name[lang]}, {outcome.horizon}: {title}."
    return Caption(
        lang, word("title" if ruler.aims else "goal_title", lang), title, subtitle,
        (*notes, *indicator_notes(names, lang)), alternative_text((lead, *others)),
        new_money(outcome.evaluator.settings.search), outcome.run_id, outcome.settings_hash,
        outcome.evaluator.cases, outcome.created, outcome.origin,
    )  # fmt: skip
