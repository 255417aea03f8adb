"""Speed: milliseconds per year and run, share of each phase, ratio to the twin; run by `make bench`.

Nothing here fails on a slow day: figures are printed, and ratios are taken within one process.
"""

import ast
import copy
import inspect
import os
import platform
import resource
import statistics
import textwrap
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import mesa
import pytest

import areavasta.model
from areavasta import Settings, TerritorialModel
from areavasta.settings import CodecisionRule
from areavasta.settings.law_cooperation import CooperationRule
from areavasta.settings.law_knowledge import KnowledgeLaw
from areavasta.synthetic import generate_territory
from areavasta.territory import Territory
from experiments import compose
from tests.twin import TwinModel

YEARS = 20
BURN_IN = 3
COUNTRY, CONTINENT = 7_900, 100_000
"""Communes of the generated territories: as many as Italy has, and about as many as the European Union."""

PHASES = {
    "drivers": ["drivers.advance"],
    "knowledge": [
        "areas.gather_knowledge", "areas.pay_for_knowledge", "region.support_local_work",
        "areavasta.model.learn",
    ],
    "law": ["region.legislate"],
    "co-decision": ["reviews.review", "conference.negotiate", "conference.pay_for_meetings"],
    "cooperation": [
        "communes.decide_cooperation", "communes.decide_agreements", "unions.vote_functions",
    ],
    "assignment": ["region.assign_functions", "areavasta.model.move_resources"],
    "plans": ["communes.plan_services"],
    "finance": [
        "communes.collect_tariff", "areas.collect_revenue", "region.receive_transfers",
        "region.fund_communes", "region.pay_incentives", "areas.fund_communes", "national_state.equalise",
        "communes.set_taxes", "areavasta.model.pool_resources", "communes.share_out_budget",
    ],
    "programmes": [
        "areavasta.model.draft_programmes", "unions.draft_programmes",
        "areavasta.model.implement_programmes", "unions.pay_for_programmes",
    ],
    "delivery": ["communes.deliver", "areavasta.model.deliver_jointly", "residents.feel_services"],
    "wellbeing": ["residents.fare"],
    "closing and observation": ["close_year"],
}  # fmt: skip
"""Acts timed by phase, all that step() calls; what a year spends outside them is told as the rest."""

MODULE = "areavasta.model."
"""Before the names of acts that the timetable calls as functions."""

pytestmark = pytest.mark.bench


def seconds(work: Callable[[], object], times: int) -> float:
    """Return the median processor time of a piece of work."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def whole_run(settings: Settings, territory: Territory) -> TerritorialModel:
    model = TerritorialModel(settings, seed=1, territory=territory).run_years(YEARS)
    model.observation.tables()
    return model


@pytest.fixture(scope="module")
def settings() -> Settings:
    return compose("scenarios=status_quo")


@pytest.fixture(scope="module")
def region(settings: Settings) -> Territory:
    return TerritorialModel(settings).territory


def tell(text: str) -> None:
    print(f"  {text}")


@pytest.mark.parametrize("scenario", ["status_quo", "multilevel_governance"])
def test_a_whole_run_by_scenario(scenario: str, region: Territory) -> None:
    """Least of several runs: what a run takes where nothing else wants the processor."""
    settings = compose(f"scenarios={scenario}")
    whole_run(settings, region)
    least = min(seconds(lambda: whole_run(settings, region), 1) for _ in range(9))
    print()
    tell(f"{scenario}: {least * 1e3:.0f} ms a run of {YEARS} years and burn-in")


def test_a_whole_run_of_the_region_and_of_a_country(settings: Settings, region: Territory) -> None:
    print(f"\n{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}")
    whole_run(settings, region)
    small = seconds(lambda: whole_run(settings, region), 9)
    places = len(region.codes)
    tell(f"{places} communes, {YEARS} years and burn-in: {small * 1e3:.0f} ms a run, "
         f"{small * 1e3 / (YEARS + BURN_IN):.2f} ms a year")  # fmt: skip
    each = small / places
    for count in (COUNTRY, CONTINENT):
        with ProcessPoolExecutor(1, get_context("spawn")) as alone:
            taken, peak = alone.submit(_generated_run, count).result()
        tell(f"{count:,} communes: {taken:.1f} s a run; time per commune {taken / count / each:.2f} times "
             f"that at {places}; peak memory {peak:.0f} MiB")  # fmt: skip
        each, places = taken / count, count


def _generated_run(count: int) -> tuple[float, float]:
    """Return processor seconds of a run over generated communes, and the peak memory of this process, MiB."""
    settings, territory = compose("scenarios=status_quo"), generate_territory(count, 1)
    taken = seconds(lambda: whole_run(settings, territory), 1)
    return taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0


def test_a_whole_run_without_the_mechanisms_of_cooperation(settings: Settings, region: Territory) -> None:
    """What the year costs when nobody enters or leaves, and nothing is learnt, agreed or drafted."""
    plain = copy.deepcopy(settings)
    for law in (plain.present_law, plain.scenario):
        law.cooperation.rule = CooperationRule.frozen
        law.codecision.rule = CodecisionRule.none
        law.knowledge = KnowledgeLaw(0.0, 0.0, 0.0, 0.0)
        law.accountability.monitoring = law.assistance.capacity = law.programming.programmes = 0.0
        law.allocation.area.earmark = 0.0
    whole_run(plain, region)
    print()
    tell(f"unions frozen, mechanisms off: {seconds(lambda: whole_run(plain, region), 9) * 1e3:.0f} ms a run")


def test_the_phases_name_every_act_of_the_timetable() -> None:
    calls = [
        node.func for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(TerritorialModel.step))))
        if isinstance(node, ast.Call)
    ]  # fmt: skip
    named = {act.removeprefix(MODULE) for acts in PHASES.values() for act in acts}
    assert {ast.unparse(call).removeprefix("self.") for call in calls} == named


@pytest.mark.parametrize("scenario", ["status_quo", "multilevel_governance"])
def test_share_of_each_phase(scenario: str, region: Territory, monkeypatch: pytest.MonkeyPatch) -> None:
    spent: dict[str, float] = defaultdict(float)
    model = TerritorialModel(compose(f"scenarios={scenario}"), seed=1, territory=region)
    for phase, acts in PHASES.items():
        for act in acts:
            *path, name = act.removeprefix(MODULE).split(".")
            owner = areavasta.model if act.startswith(MODULE) else model
            owner = getattr(owner, path[0]) if path else owner
            monkeypatch.setattr(owner, name, timed(getattr(owner, name), phase, spent))
    start = time.process_time()
    model.run_years(YEARS)
    total = time.process_time() - start
    print()
    for phase in PHASES:
        tell(f"{phase}: {100 * spent[phase] / total:.0f} %, {1e3 * spent[phase]:.1f} ms")
    tell(f"the rest: {100 * (1 - sum(spent.values()) / total):.0f} %")


def timed(act: Callable[..., None], phase: str, spent: dict[str, float]) -> Callable[..., None]:
    def run(*given: object) -> None:
        start = time.process_time()
        act(*given)
        spent[phase] += time.process_time() - start

    return run


def test_ratio_to_the_twin(settings: Settings, region: Territory) -> None:
    """The twin is no straw man: its time per body and year stands beside that of a bare Mesa step."""
    years = 4

    def model() -> None:
        TerritorialModel(settings, seed=1, territory=region).run_years(years)

    def twin() -> None:
        TwinModel(settings, seed=1, territory=region).run_years(years)

    model()
    ratios = [seconds(twin, 1) / seconds(model, 5) for _ in range(3)]
    start = time.process_time()
    twin()
    bodies = len(TerritorialModel(settings, territory=region).agents)
    each = (time.process_time() - start) / (years + BURN_IN) / bodies
    print()
    spread = f"{min(ratios):.0f} to {max(ratios):.0f}"
    tell(f"the twin takes {statistics.median(ratios):.0f} times as long ({spread})")
    tell(f"the twin takes {each * 1e6:.0f} µs per body and year")
    tell(f"a bare Mesa step takes {bare_step(bodies) * 1e6:.2f} µs per body")


class BareAgent(mesa.Agent):
    """An agent that does nothing."""

    def step(self) -> None:
        """Do nothing."""


def bare_step(bodies: int) -> float:
    model = mesa.Model(rng=1)
    for _ in range(bodies):
        BareAgent(model)
    return seconds(lambda: model.agents.do("step"), 50) / bodies
