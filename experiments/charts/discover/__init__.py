"""Draw where reforms miss their goal: conditions, coverage against density, and regret."""

from pathlib import Path

from experiments.charts import style
from experiments.charts.discover.boxes import draw_boxes
from experiments.charts.discover.path import draw_path
from experiments.charts.discover.regret import draw_regret
from experiments.charts.files import save_chart
from experiments.charts.listing import About
from experiments.discover.outcome import DiscoverOutcome


def draw_discover(
    outcome: DiscoverOutcome, folder: Path, lang: str, width_cm: float = style.COLUMN_CM
) -> list[Path]:
    """Draw all charts into a folder; return the files written, named ``REFORM_N_CHART_LANG``."""
    key, year = outcome.indicator.key, outcome.horizon
    written: list[Path] = []
    for verdict in outcome.verdicts:
        if verdict.box is not None:
            page, words, table = draw_boxes(outcome, verdict, lang, width_cm)
            stem = folder / f"{verdict.reform}_1_boxes_{lang}"
            written += save_chart(page, words, stem, table, About("boxes", verdict.reform, key, year))
        if verdict.path:
            page, words, table = draw_path(outcome, verdict, lang, width_cm)
            stem = folder / f"{verdict.reform}_2_trajectory_{lang}"
            written += save_chart(page, words, stem, table, About("trajectory", verdict.reform, key, year))
    if outcome.regret is not None:
        page, words, table = draw_regret(outcome, lang, width_cm)
        about_all = About("regret", indicator=key, year=year)
        written += save_chart(page, words, folder / f"0_regret_{lang}", table, about_all)
    return written
