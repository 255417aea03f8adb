"""Measures of programmes and reviews, worked out by hand."""

from types import SimpleNamespace

import numpy as np
import pytest

from areavasta import TerritorialModel
from areavasta.codecision_measures import codecision_values
from areavasta.programme_measures import programme_values
from experiments import compose


@pytest.fixture
def toy() -> TerritorialModel:
    return TerritorialModel(compose("territory=toy"), seed=1).run_years(1)


def test_without_programmes_nothing_is_spent_carried_out_or_integrated(toy: TerritorialModel) -> None:
    programmes = toy.state.programmes
    for one in (programmes.of_areas, programmes.of_unions):
        one.share[:] = 0.0
        one.alignment[:] = 0.0
    values = programme_values(toy)
    assert [values[key] for key in ("programme_spending", "implemented", "integration")] == [0.0, 0.0, 0.0]
    assert (values["area_programmes"], values["union_programmes"]) == (0.0, 0.0)


def test_a_programme_of_a_union_counts_once_however_many_sign(toy: TerritorialModel) -> None:
    toy.state.union[:] = [0, 0, 0, -1]
    toy.state.programmes.of_unions.share[:] = [0.5, 0.5, 0.0, 0.0]
    assert programme_values(toy)["union_programmes"] == 1.0


def test_the_gain_of_reviews_is_a_mean_over_residents_of_the_areas_that_took(
    toy: TerritorialModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Two areas of 10 and 30 residents gain 2 and 3 + 1 EUR a head; a third, of 500, took nothing.
    monkeypatch.setattr(toy, "area_residents", np.array([10.0, 30.0, 500.0]))
    gains = np.array([[2.0, 0.0], [3.0, 1.0], [0.0, 0.0]])
    monkeypatch.setattr(toy, "reviews", SimpleNamespace(realised=lambda: gains))
    monkeypatch.setattr(toy.state.review, "taken", gains > 0)
    assert codecision_values(toy)["review_gain"] == (10 * 2 + 30 * 4) / 40
