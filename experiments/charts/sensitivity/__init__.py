"""Draw what results depend on: factors of each indicator, all of them, interactions, and growing samples."""

from pathlib import Path

from experiments.charts import style
from experiments.charts.files import save_chart
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
        ("1_factors_and_indicators", draw_heat(outcome, lang, width_cm)),
        ("2_convergence", draw_convergence(outcome, lang, width_cm)),
    ]
    for verdict in outcome.verdicts:
        if verdict.sample is not Sample.constant:
            pages.append((f"3_{verdict.indicator.key}", draw_bars(outcome, verdict, lang, width_cm)))
            if len(interactions(outcome, verdict)):
                pages.append((f"4_{verdict.indicator.key}", draw_network(outcome, verdict, lang, width_cm)))
    return [
        path
        for name, (page, words, table) in pages
        for path in save_chart(page, words, folder / f"{name}_{lang}", table)
    ]
