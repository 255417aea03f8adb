"""Draw what a search found: what is given up, what unbeaten reforms share, how the search converged."""

from pathlib import Path

from experiments.charts import style
from experiments.charts.files import save_chart
from experiments.charts.listing import About
from experiments.charts.search.convergence import draw_progress
from experiments.charts.search.parallel import draw_parallel
from experiments.charts.search.tradeoff import draw_tradeoff
from experiments.search.results import SearchOutcome

TWO = 2


def draw_search(
    outcome: SearchOutcome, folder: Path, lang: str, width_cm: float = style.PAGE_CM
) -> list[Path]:
    """Draw all charts into a folder; return the files written, named ``N_CHART_LANG``.

    Without two objectives, as in a search for a goal, there is nothing to give up; without a front,
    nothing that reforms share.
    """
    pages = []
    aims = outcome.evaluator.ruler.aims
    if outcome.front and len(aims) >= TWO:
        pages.append(("1_tradeoff", "tradeoff", draw_tradeoff(outcome, lang, width_cm)))
    if outcome.front and aims:
        pages.append(("2_parallel", "parallel", draw_parallel(outcome, lang, width_cm)))
    pages.append(("3_convergence", "search_convergence", draw_progress(outcome, lang, width_cm)))
    return [
        path
        for name, kind, (page, words, table) in pages
        for path in save_chart(
            page, words, folder / f"{name}_{lang}", table, About(kind, year=outcome.horizon)
        )
    ]
