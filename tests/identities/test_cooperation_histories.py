"""Any history of joining, leaving, dissolving, agreement, reform and review: books close, all is held."""

import copy
from dataclasses import fields
from typing import Any, NamedTuple

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from areavasta import Settings, TerritorialModel
from areavasta.functions import load_catalogue
from areavasta.holdings import COMMUNE, UNION, Holders, build_holdings
from areavasta.rules.sums import sum_by
from areavasta.settings import AREA_KINDS, FIRST_YEAR, LEVELS, TerritoryChoice
from areavasta.settings.law_cooperation import CooperationRule
from experiments import compose

CATALOGUE = load_catalogue()
PRESENT = compose("scenarios=status_quo")
MOVABLE = [f for f in CATALOGUE.functions if f.home == "commune" and f.admits("area")]
YEARS = 6
BURN_IN = 3


class Mood(NamedTuple):
    """How councils stand in a year: what autonomy is worth to them, how often they decide, how wildly."""

    autonomy: float
    attention: float
    noise: float


MOODS = {
    "calm": Mood(13.0, 0.2, 1.0),
    "everybody joins": Mood(-1_000.0, 1.0, 1.0),
    "everybody leaves": Mood(1_000.0, 1.0, 1.0),
    "half leave": Mood(13.0, 1.0, 100.0),
    "nobody decides": Mood(13.0, 0.0, 1.0),
}


@st.composite
def laws(draw: st.DrawFn) -> dict[str, Any]:
    """Return what a year's law changes: cooperation, holders of functions, review, the conference."""
    change: dict[str, Any] = {
        "cooperation": {
            "rule": draw(st.sampled_from([rule.value for rule in CooperationRule])),
            "agreements": draw(st.booleans()),
            "agreement_years": draw(st.sampled_from([0, 3])),
            "agreement_incentives": draw(st.booleans()),
            "lock_in_years": draw(st.sampled_from([0, 5])),
            "minimum_population": draw(st.sampled_from([0.0, 10_000.0])),
        },
        "review": {"period_years": draw(st.integers(0, 2)), "threshold": 0.0, "areas": "all"},
    }
    functions = {}
    for function in draw(st.lists(st.sampled_from(MOVABLE), max_size=4, unique_by=lambda f: f.key)):
        levels = [level for level in LEVELS if function.admits(level)]
        parts = draw(st.lists(st.integers(0, 2), min_size=len(levels), max_size=len(levels)).filter(any))
        shares = dict.fromkeys(LEVELS, 0.0)
        shares |= {level: part / sum(parts) for level, part in zip(levels, parts, strict=True)}
        functions[function.key] = dict.fromkeys(AREA_KINDS, shares)
    return {**change, "functions": functions} if functions else change


@st.composite
def histories(draw: st.DrawFn) -> tuple[Settings, list[str]]:
    """Return settings with laws that change from year to year, and the mood of councils in each year."""
    chosen = copy.deepcopy(PRESENT)
    chosen.territory = draw(
        st.one_of(
            st.just(TerritoryChoice(name="toy")),
            st.builds(
                TerritoryChoice, synthetic_communes=st.integers(2, 40), synthetic_seed=st.integers(0, 999)
            ),
        )
    )
    for law in (chosen.present_law, chosen.scenario):
        law.codecision.longest_delay = 0
    chosen.scenario.effective = 2026
    years = draw(st.lists(st.integers(2027, 2025 + YEARS), max_size=4, unique=True))
    chosen.scenario.changes = {year: draw(laws()) for year in sorted(years)}
    moods = draw(st.lists(st.sampled_from(list(MOODS)), min_size=BURN_IN + YEARS, max_size=BURN_IN + YEARS))
    return chosen, moods


def put_in(model: TerritorialModel, mood: Mood) -> None:
    """Have councils stand as this mood says from now on."""
    unions, agreements = model.parameters.cooperation, model.parameters.agreements
    model.state.cooperation.autonomy = np.full(model.accounts.communes, mood.autonomy)
    unions.attention = agreements.attention = mood.attention
    unions.perception_error, agreements.perception_error = 12.0 * mood.noise, 2.0 * mood.noise
    unions.political_spread = 6.0 * mood.noise


def check_holders(model: TerritorialModel) -> None:
    """Check that each needed function is held whole, by bodies that exist."""
    state, holdings = model.state, model.state.holdings
    np.testing.assert_allclose(state.shares.sum(axis=2), 1.0, atol=1e-12)
    held = sum_by(holdings.cell, holdings.share, state.base.size)
    np.testing.assert_allclose(held, (state.need > 0).ravel(), atol=1e-12)
    by_union = holdings.level == UNION
    assert (state.union[holdings.place[by_union]] >= 0).all()
    np.testing.assert_array_equal(
        holdings.provider[by_union], model.accounts.union + state.union[holdings.place[by_union]]
    )
    assert not (state.delegated & (state.union < 0)[:, np.newaxis]).any()


def check_rows(model: TerritorialModel) -> None:
    """Check that rows which followed one change after another are those that the shares give afresh."""
    state = model.state
    holders = Holders(model.providers, state.union, model.forms, state.cooperation.lead)
    afresh = build_holdings(state.shares, state.need > 0, holders)
    for item in fields(afresh):
        np.testing.assert_array_equal(
            getattr(state.holdings, item.name), getattr(afresh, item.name), err_msg=item.name
        )


def check_agreements(model: TerritorialModel) -> None:
    """Check that agreements have a lead and another commune, of one ambit, who hold the function."""
    lead = model.state.cooperation.lead
    place, function = np.nonzero(lead >= 0)
    head = lead[place, function]
    assert (lead[head, function] == head).all()
    assert (
        sum_by(head * lead.shape[1] + function, np.ones(head.size))[head * lead.shape[1] + function] >= 2
    ).all()
    assert (model.territory.ambit[place] == model.territory.ambit[head]).all()
    assert not model.state.delegated[place, function].any()
    assert (model.state.shares[place, function, COMMUNE] > 0).all()
    assert CATALOGUE.having("agreement")[function].all()
    agreed = model.state.holdings.agreed
    assert np.count_nonzero(agreed) == place.size
    np.testing.assert_array_equal(model.state.holdings.provider[agreed], head)
    np.testing.assert_array_equal(model.state.holdings.body[agreed], place)


def check_money_and_staff(model: TerritorialModel) -> None:
    """Check that the books closed, and that no money or staff is left with a body that serves nobody."""
    certificate = model.certificates[-1]
    assert certificate.discrepancy_cents == 0
    assert certificate.lowest_local_balance_cents >= 0
    empty = np.setdiff1d(np.arange(model.accounts.unions), model.state.union)
    assert not model.ledger.balance[model.accounts.union + empty].any()
    holdings, cost = model.state.holdings, model.delivery.cost
    assert np.isfinite(cost).all()
    staff = cost * CATALOGUE.numbers("personnel_share")[holdings.function]
    by_provider = sum_by(holdings.provider, staff, model.providers.count)
    assert not by_provider[model.accounts.union + empty].any()
    np.testing.assert_allclose(by_provider.sum(), staff.sum(), rtol=1e-12)
    for event in model.state.reorganisations:
        assert (event.gained >= 0).all()
        assert (event.gained <= 1 + 1e-12).all()


def run(history: tuple[Settings, list[str]]) -> TerritorialModel:
    chosen, moods = history
    model = TerritorialModel(chosen, seed=1)
    for mood in moods:
        put_in(model, MOODS[mood])
        model.step()
        check_holders(model)
        check_rows(model)
        check_agreements(model)
        check_money_and_staff(model)
    assert model.year == FIRST_YEAR + BURN_IN + YEARS - 1
    return model


@settings(
    max_examples=40, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip
@given(histories())
def test_any_history_of_cooperation(history: tuple[Settings, list[str]]) -> None:
    run(history)


def test_a_history_of_everything() -> None:
    """Unions and agreements begin, end and begin again."""
    chosen = copy.deepcopy(PRESENT)
    chosen.territory = TerritoryChoice(synthetic_communes=40, synthetic_seed=3)
    for law in (chosen.present_law, chosen.scenario):
        law.cooperation.lock_in_years = law.cooperation.agreement_years = 0
        law.cooperation.minimum_population = 0.0
    model = TerritorialModel(chosen, seed=1)
    made, members = [], []
    for mood in (
        "half leave",
        "half leave",
        "everybody leaves",
        "half leave",
        "everybody joins",
        "half leave",
    ):
        put_in(model, MOODS[mood])
        model.step()
        check_holders(model)
        check_rows(model)
        check_agreements(model)
        check_money_and_staff(model)
        made.append(model.structure.agreements)
        members.append(int(np.count_nonzero(model.state.union >= 0)))
    assert made[0] == 0
    assert made[2] < made[1] < made[3] < made[4]
    assert members[2] == 0
    assert min(members[0], members[3]) > 0
