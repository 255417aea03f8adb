"""The report of a search says what its tables say."""

import html
import re
from pathlib import Path

import pandas as pd

from experiments.report import write_report
from experiments.search.results import FRESH, REFORMS, Standing
from tests.results.conftest import Finished


def test_the_report_counts_what_is_beaten_and_what_is_kept(finished: Finished, tmp_path: Path) -> None:
    (path,) = write_report(finished.folder, "en", tmp_path, pdf=False)
    page = html.unescape(re.sub(r"<[^>]+>", "", path.read_text(encoding="utf-8")))
    laws = pd.read_parquet(finished.folder / REFORMS)
    standings = laws.loc[~laws["present_law"], "standing"].tolist()
    assert laws["present_law"].tolist() == [True] + [False] * len(standings)
    wording = {Standing.beaten: "beaten in everything", Standing.unbeaten: "not beaten"}
    for standing, words in wording.items():
        assert (words in page) == (standing.value in standings)
    kept = pd.read_parquet(finished.folder / FRESH).groupby("name")["kept"].all()
    assert f"{kept.sum()} of {len(kept)} reforms keep all that they promise" in page
    assert page.count("does NOT keep what it promises") >= (~kept).sum()
    for name in kept.index:
        assert (finished.folder / "scenarios" / f"{name}.yaml").is_file()
