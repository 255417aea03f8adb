"""Regions are found by the names that people use; what cannot be built is refused in one line."""

import pytest

from experiments.territory.regions import REGIONS, UnknownRegionError, find_regions, key_of, name_of


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Toscana", "toscana"),
        ("tuscany", "toscana"),
        ("EMILIA ROMAGNA", "emilia_romagna"),
        ("Umbria, Marche", "umbria_marche"),
        ("Marche,Umbria,marche", "umbria_marche"),
    ],
)
def test_names(text: str, key: str) -> None:
    assert key_of(find_regions(text, special=False)) == key


def test_all_of_italy_needs_the_flag() -> None:
    with pytest.raises(UnknownRegionError, match="special=flag"):
        find_regions("Italia", special=False)
    regions = find_regions("all", special=True)
    assert len(regions) == len(REGIONS) == 20
    assert (key_of(regions), name_of(regions)) == ("italia", "Italia (anche statuti speciali)")


def test_five_special_statutes() -> None:
    special = [region for region in REGIONS if region.special]
    assert len(special) == 5
    for region in special:
        with pytest.raises(UnknownRegionError, match="special statute"):
            find_regions(region.key, special=False)
        assert "statuto speciale" in name_of(find_regions(region.key, special=True))


@pytest.mark.parametrize(
    ("text", "told"), [("Tosana", "did you mean toscana"), ("Baviera", "there are"), ("", "none")]
)
def test_what_is_no_region(text: str, told: str) -> None:
    with pytest.raises(UnknownRegionError, match=told):
        find_regions(text, special=False)
