"""The model beside its twin, year by year: cents must be equal, everything else to 1e-9."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from areavasta import Settings, TerritorialModel
from areavasta.accounts import Flows, Ledger
from areavasta.indicators import INDICATORS
from areavasta.settings import BASE_YEAR
from areavasta.territory import Territory
from tests.twin.bodies import FlowKey
from tests.twin.model import TwinModel

BURN_IN_YEARS = 3
TOLERANCE = 1e-9

Rows = list[float] | list[list[float]]


class KeepingLedger(Ledger):
    """A ledger that keeps the flows of the year it has just closed."""

    closed: list[Flows]

    def open_year(self) -> None:
        self.closed = self.flows
        super().open_year()

    def by_key(self) -> dict[FlowKey, int]:
        """Return cents by kind, rule, payer, payee and function, without flows of nothing."""
        sums: dict[FlowKey, int] = {}
        for flow in self.closed:
            columns = (flow.payer, flow.payee, flow.function, flow.cents)
            rows = (np.broadcast_to(column, flow.cents.shape).tolist() for column in columns)
            for payer, payee, function, cents in zip(*rows, strict=True):
                key = (flow.kind.value, flow.rule, payer, payee, function)
                sums[key] = sums.get(key, 0) + cents
        return {key: cents for key, cents in sums.items() if cents}


def differences(
    settings: Settings,
    years: int = 6,
    draw: int = 2,
    replicate: int = 1,
    territory: Territory | None = None,
) -> list[str]:
    """Run both for the burn-in and so many years; return a line for each thing that differs in a year."""
    model = TerritorialModel(settings, seed=1, draw=draw, replicate=replicate, territory=territory)
    twin = TwinModel(settings, seed=1, draw=draw, replicate=replicate, territory=territory)
    ledger = KeepingLedger(model.accounts, len(twin.duties))
    model.ledger = ledger
    found: list[str] = []
    for _ in range(BURN_IN_YEARS + years):
        model.step()
        twin.step()
        lines = (*_money(ledger, twin), *_bodies(model, twin), *_indicators(model, twin))
        found += [f"{model.year}: {line}" for line in lines]
    return found


def _money(ledger: KeepingLedger, twin: TwinModel) -> Iterator[str]:
    ours, theirs = ledger.by_key(), twin.flows
    wrong = {key for key in ours.keys() | theirs.keys() if ours.get(key, 0) != theirs.get(key, 0)}
    for kind, rule in sorted({key[:2] for key in wrong}):
        keys = [key for key in sorted(wrong) if key[:2] == (kind, rule)]
        first = keys[0]
        yield (
            f"{len(keys)} flows {kind} by {rule}, from {first[2]} to {first[3]} for function {first[4]}: "
            f"{ours.get(first, 0)} cents, twin {theirs.get(first, 0)}"
        )
    balances = [account.balance for account in twin.bodies.accounts]
    if ledger.balance.tolist() != balances:
        yield "balances of accounts"


def _bodies(model: TerritorialModel, twin: TwinModel) -> Iterator[str]:
    state, delivery = model.state, model.delivery
    rows = [holding for commune in twin.communes for holding in commune.holdings]
    communes = twin.communes
    pairs: dict[str, tuple[NDArray[np.generic], Rows]] = {
        "population": (state.population, [commune.population for commune in communes]),
        "need": (state.need, [commune.need for commune in communes]),
        "capacity": (state.capacity, [commune.capacity for commune in communes]),
        "effort": (state.effort, [commune.effort for commune in communes]),
        "felt services": (state.felt, [commune.felt for commune in communes]),
        "mean service": (model.mean_service, [commune.mean_service for commune in communes]),
        "transfers": (model.transfers, [commune.transfers for commune in communes]),
        "trust": (state.trust, [commune.trust for commune in communes]),
        "information": (state.knowledge.information, list(twin.knowing.information.values())),
        "observed need": (state.knowledge.need_ratio, [commune.need_ratio for commune in communes]),
        "observed costs": (
            state.knowledge.cost_ratio,
            [
                [twin.knowing.cost_ratio(area, duty.number) for duty in twin.duties]
                for area in twin.bodies.areas
            ],
        ),
        "observed AMPI": (state.knowledge.bes_observed, [commune.observed_ampi for commune in communes]),
        "assistance": (state.knowledge.assistance_effect, [commune.helped for commune in communes]),
        "domains": (state.wellbeing, [commune.domains for commune in communes]),
        "signatures": (state.programmes.of_areas.signed, twin.programmes.signatures()),
        "alignment": (state.programmes.of_areas.alignment, twin.programmes.alignments()),
        "share of unions' programmes": (
            state.programmes.of_unions.share,
            [twin.programmes.of_unions.share(commune) for commune in communes],
        ),
        "alignment by unions": (
            state.programmes.of_unions.alignment,
            [twin.programmes.of_unions.aligned.get(commune, 0.0) for commune in communes],
        ),
        "weights of the region": (state.codecision.weights, list(twin.conference.weights)),
        "AMPI": (state.ampi, [commune.ampi for commune in communes]),
        "cost": (delivery.cost, [holding.cost for holding in rows]),
        "level": (delivery.level, [holding.given for holding in rows]),
        "transition": (delivery.transition, [holding.transition for holding in rows]),
        "union": (
            state.union,
            [-1.0 if c.union is None else float(twin.bodies.unions.index(c.union)) for c in communes],
        ),
        "delegated": (state.delegated, [[float(held) for held in c.delegated] for c in communes]),
        "agreements": (
            state.cooperation.lead,
            [
                [
                    float(c.agreements[f].lead.number) if f in c.agreements else -1.0
                    for f in range(len(c.need))
                ]
                for c in communes
            ],
        ),
        "slack": (
            state.slack[state.holdings.provider, state.holdings.function],
            [holding.office.slack for holding in rows],
        ),
    }
    for name, (ours, theirs) in pairs.items():
        expected = np.array(theirs)
        if ours.shape != expected.shape:
            yield f"{name}: {ours.shape} rows, twin {expected.shape}"
        elif not (apart := _distance(ours, expected)) < TOLERANCE:
            yield f"{name}: up to {apart:.3g} apart"


def _distance(ours: NDArray[np.generic], theirs: NDArray[np.float64]) -> float:
    apart = np.abs(ours.astype(np.float64) - theirs)
    return float((apart / np.maximum(1.0, np.abs(theirs))).max())


def _indicators(model: TerritorialModel, twin: TwinModel) -> Iterator[str]:
    if model.year < BASE_YEAR:
        return
    assert set(twin.indicators) == set(INDICATORS)
    for key, expected in twin.indicators.items():
        value = model.observation.latest(key)
        if not abs(value - expected) < TOLERANCE * max(1.0, abs(expected)):
            yield f"indicator {key}: {value!r}, twin {expected!r}"
