"""Charts of a comparison between reforms and present law, in Italian and English."""

from experiments.charts.pack import draw_ablation, draw_charts

__all__ = ["draw_ablation", "draw_charts"]
