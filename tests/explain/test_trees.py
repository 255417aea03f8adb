"""Trees add up: to the cent in money, to the table in every quantity, for each commune and year."""

import pytest

from areavasta import TerritorialModel
from areavasta.observation import COMMUNE_COLUMNS
from areavasta.settings import BASE_YEAR
from experiments import compose
from experiments.explain.commune import EXPLAINED, explain_commune
from experiments.explain.holders import Holders, product_of_cost
from experiments.explain.tree import Node, Operation, Unit, misfits
from tests.explain.conftest import YEARS, run

SCENARIOS = (
    "status_quo", "multilevel_governance", "unions_everywhere", "municipal_autonomy", "stronger_provinces",
    "metropolitan_leap", "fund_cut",
)  # fmt: skip


def check_year(model: TerritorialModel) -> None:
    """Check every commune and quantity of the year that has just closed against what was recorded."""
    table = model.observation.tables().communes
    this_year = table["year"] == model.year
    recorded = {name: table[name][this_year] for name in COMMUNE_COLUMNS}
    for place in range(len(model.territory.codes)):
        for name in COMMUNE_COLUMNS:
            node = explain_commune(model, place, "it", name)
            assert not misfits(node), (model.year, place, name)
            assert node.amount == pytest.approx(float(recorded[name][place]), rel=1e-9, abs=1e-9), name
        books = explain_commune(model, place, "en").children[0]
        assert not misfits(books)
        assert books.cents == int(model.ledger.balance[place])


def test_every_quantity_of_communes_is_explained() -> None:
    assert set(EXPLAINED) == set(COMMUNE_COLUMNS)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_trees_add_up_in_every_year_of_the_toy(scenario: str) -> None:
    model = TerritorialModel(compose(f"scenarios={scenario}", "territory=toy"), seed=2, replicate=1)
    while model.year < BASE_YEAR - 1 + YEARS:
        model.step()
        if model.year >= BASE_YEAR:
            check_year(model)


def test_trees_add_up_on_a_generated_territory() -> None:
    check_year(
        run("multilevel_governance", "territory=synthetic", "territory.synthetic_communes=25", years=3)
    )


@pytest.mark.long
@pytest.mark.parametrize("scenario", ["status_quo", "multilevel_governance"])
def test_trees_add_up_on_the_region(scenario: str) -> None:
    model = TerritorialModel(compose(f"scenarios={scenario}"), seed=1, replicate=1)
    while model.year < BASE_YEAR + 5:
        model.step()
        if model.year >= BASE_YEAR:
            check_year(model)


def test_cost_is_the_product_of_its_parts(toy: TerritorialModel) -> None:
    holders = Holders.of(toy)
    rows = [row for place in range(len(toy.territory.codes)) for row in holders.rows_of(place, "it")]
    assert len(rows) == toy.state.holdings.place.size
    for row in rows:
        assert product_of_cost(row) == pytest.approx(row.cost, rel=1e-9)


def test_a_tree_that_does_not_add_up_is_found() -> None:
    part = Node("part", "", 1, Unit.cents, "it")
    whole = Node("whole", "", 3, Unit.cents, "it", Operation.sum, children=(part, part))
    assert misfits(whole) == ["whole"]
    assert misfits(Node("ratio", "", 2.0, Unit.factor, "it", Operation.ratio, children=(part, part))) == [
        "ratio"
    ]


def test_the_books_name_payer_and_rule(toy: TerritorialModel) -> None:
    books = explain_commune(toy, 0, "en").children[0]
    taxes = books.find("inflows/own_revenue/tax_effort/residents")
    assert taxes is not None
    assert taxes.note == "from residents"
    posted = next(flow for flow in toy.ledger.closed_year.flows if flow.rule == "tax_effort")  # type: ignore[union-attr]
    assert taxes.cents == int(posted.cents[0])


def test_nothing_is_explained_before_a_year_has_closed() -> None:
    model = TerritorialModel(compose("territory=toy"), seed=1)
    with pytest.raises(ValueError, match="no year has closed"):
        explain_commune(model, 0, "it")
