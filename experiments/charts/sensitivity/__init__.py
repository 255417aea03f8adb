"""Draw what results depend on: factors of each indicator, all of them, interactions, and growing samples."""

from pathlib import Path

from experiments.charts import style
from experiments.charts.files import save_chart
from experiments.charts.listing import About
from experiments.charts.sensitivity.bars import draw_bars
from experiments.charts.sensitivity.convergence import draw_convergence
from experiments.charts.sensitivity.heat import draw_heat
from experiments.charts.sensitivity.network import draw_network, interactions
from experiments.sensitivity.results import SensitivityOutcome
from experiments.sensitivity.verdicts import Sample


def draw_sensitivity(
    outcome: SensitivityOutcome, folder: Path, lang: str, width_cm: float = style.PAGE_CM
) -> list[Path]:
    """Draw all pages into a folder; return the files written, named ``N_KIND_LANG``."""
    pages = [
        ("1_factors_and_indicators", About("factors"), draw_heat(outcome, lang, width_cm)),
        ("2_convergence", About("convergence"), draw_convergence(outcome, lang, width_cm)),
    ]
    for verdict in outcome.verdicts:
        if verdict.sample is not Sample.constant:
            key = verdict.indicator.key
            bars = draw_bars(outcome, verdict, lang, width_cm)
            pages.append((f"3_{key}", About("bars", indicator=key), bars))
            if len(interactions(outcome, verdict)):
                network = draw_network(outcome, verdict, lang, width_cm)
                pages.append((f"4_{key}", About("network", indicator=key), network))
    return [
        path
        for name, about, (page, words, table) in pages
        for path in save_chart(page, words, folder / f"{name}_{lang}", table, about)
    ]
