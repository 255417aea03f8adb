"""Golden results of present law on the real region: the same cents and decisions everywhere."""

import json
from pathlib import Path

import numpy as np
import pytest

from areavasta import TerritorialModel
from experiments import compose

GOLDEN = Path(__file__).parent / "status_quo.json"
YEARS = 10


def summary(draw: int) -> dict[str, dict[str, int] | dict[str, float]]:
    """Return cents by year, kind, rule and levels, and indicators, of present law at seed 1."""
    model = TerritorialModel(
        compose("scenarios=status_quo", "run.posterior=none"), seed=1, draw=draw, replicate=draw
    )
    tables = model.run_years(YEARS).observation.tables()
    cents: dict[str, int] = {}
    flows = tables.flows
    for year, kind, rule, payer, payee, amount in zip(
        *(flows[name] for name in ("year", "kind", "rule", "payer_level", "payee_level", "cents")),
        strict=True,
    ):
        key = f"{year} {kind} {rule} {payer} {payee}"
        cents[key] = cents.get(key, 0) + int(amount)
    rows = zip(*(tables.indicators[name] for name in ("year", "indicator", "value")), strict=True)
    balances = {
        code: int(cash) for code, cash in zip(model.territory.codes, model.ledger.balance, strict=False)
    }
    indicators = {f"{year} {indicator}": float(value) for year, indicator, value in rows}
    return {"cents": cents, "balances": balances, "indicators": indicators}


@pytest.mark.parametrize("draw", [0, 1])
def test_present_law_gives_the_golden_results(draw: int) -> None:
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))[str(draw)]
    ours = summary(draw)
    assert ours["cents"] == golden["cents"]
    assert ours["balances"] == golden["balances"]
    assert ours["indicators"].keys() == golden["indicators"].keys()
    for key, value in golden["indicators"].items():
        np.testing.assert_allclose(ours["indicators"][key], value, rtol=1e-9, atol=1e-9, err_msg=key)


if __name__ == "__main__":
    # python -m tests.golden.test_golden: after a change of the model that is meant, and told in the commit.
    GOLDEN.write_text(json.dumps({draw: summary(draw) for draw in (0, 1)}, indent=0) + "\n", encoding="utf-8")
