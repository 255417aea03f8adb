"""Build of any region's tables into `results/territory/`, where `territory=NAME` finds them."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from experiments._config_files import BUILT_TERRITORIES
from experiments.territory.build import drawing_texts, put_in_place
from experiments.territory.geopop import BuildError
from experiments.territory.imputing import OUTCOMES, PREDICTORS, Fit
from experiments.territory.italy import italy_tables
from experiments.territory.provenance import GEOPOP, markdown_table
from experiments.territory.regions import REGIONS, Region, find_regions, key_of, name_of
from experiments.territory.sources import Rows, table_texts

OPTION = """\
# {name}: residenti e confini dell'ISTAT, il resto è imputato (si veda PROVENANCE.md nella cartella).
# {name}: residents and boundaries of ISTAT, the rest is imputed (see PROVENANCE.md in the folder).
name: {key}
folder: {folder}
"""
"""File that `territory=NAME` chooses."""

SHIPPED_REGION = "Emilia-Romagna"


def build_regions(text: str, special: bool, root: Path) -> tuple[str, list[Path]]:
    """Build the territory of the regions that a user names; return its key and the files written.

    Raises UnknownRegionError for a name that is none, BuildError when tables cannot be built.
    """
    regions = find_regions(text, special)
    if [region.name for region in regions] == [SHIPPED_REGION]:
        raise BuildError("Emilia-Romagna is shipped, with published figures: use territory=emilia_romagna")
    key = key_of(regions)
    tables, shapes, model = italy_tables(regions)
    texts = table_texts(tables) | drawing_texts(shapes, tables["communes.csv"])
    digests = {file: sha256(content.encode()).hexdigest() for file, content in texts.items()}
    texts["PROVENANCE.md"] = _provenance(regions, tables, model, digests)
    files = put_in_place(root / BUILT_TERRITORIES / key, texts)
    option = root / BUILT_TERRITORIES / f"{key}.yaml"
    draft = option.with_suffix(".yaml.new")
    content = OPTION.format(name=name_of(regions), key=key, folder=f"{BUILT_TERRITORIES}/{key}")
    draft.write_text(content, encoding="utf-8", newline="\n")
    draft.replace(option)
    return key, [*files, option]


def _provenance(
    regions: Sequence[Region], tables: dict[str, Rows], model: Fit, digests: dict[str, str]
) -> str:
    """Return PROVENANCE.md of a built territory."""
    communes = tables["communes.csv"]
    imputed = sum(row["figures_imputed"] == "1" for row in communes)
    residents = [row["name"] for row in communes if row["population_imputed"] == "1"]
    members = sum(bool(row["union"]) for row in communes if row["figures_imputed"] == "1")
    spread = model.residuals.std(axis=0)
    fits = [
        (
            name,
            one.unit,
            "logarithm" if one.logarithm else "as it is",
            f"{model.r_squared[name]:.2f}",
            f"{sd:.3g}",
        )
        for (name, one), sd in zip(OUTCOMES.items(), spread, strict=True)
    ]
    lines = [
        f"# Where the tables of {name_of(regions)} come from",
        "",
        f"Published: names, residents and ages of 1 January 2023, boundaries. {GEOPOP}.",
        f"Everything else is imputed for {imputed} of {len(communes)} communes (column `figures_imputed`):",
        "it stands for no commune by name, and figures by commune are only an example of what may be.",
        "",
        *(
            ["Communes of Emilia-Romagna keep their published figures.", ""]
            if imputed < len(communes)
            else []
        ),
        *(_special(regions)),
        "## Models, fitted on the 330 communes of Emilia-Romagna",
        "",
        f"Least squares on {', '.join(PREDICTORS)}. A commune takes the residuals of one commune of",
        "Emilia-Romagna, drawn by its code. Levels are those of Emilia-Romagna: differences between regions",
        "in income, need, taxes and services are not in these tables.",
        "",
        *markdown_table(("figure", "unit", "scale", "R2", "sd of residuals"), fits),
        "",
        "Altitude is little explained: mountain and plain are not to be read outside Emilia-Romagna. Zones",
        "begin at 100 and 600 m; the class of inner area follows from the distance to the area's capital,",
        "urbanisation from residents (8,000 and 50,000).",
        "",
        "Districts and ambits are contiguous groups of the mean size of Emilia-Romagna's; of each ambit, the",
        "largest contiguous lot of communes drawn by Emilia-Romagna's membership by size is a union:",
        f"{members} communes. The real rate of membership differs much between regions. Functions of",
        "unions are unknown and drawn in each replicate. The equalisation fund, regional funds and",
        "incentives are those of the scenario: of Emilia-Romagna, unless it says otherwise.",
        "",
        *([f"Residents imputed from neighbours' density: {', '.join(residents)}.", ""] if residents else []),
        "## Files",
        "",
        *markdown_table(("file", "sha256"), sorted(digests.items())),
    ]
    return "\n".join(lines) + "\n"


def _special(regions: Sequence[Region]) -> list[str]:
    lines = []
    names = [region.name for region in regions if region.special]
    if names:
        lines += [
            f"Special statute: {', '.join(names)}. Their rules for local bodies and their money are not in",
            "the model; they are treated as if the ordinary rules held.",
            "",
        ]
    if len(regions) > 1:
        several = "all twenty regions" if len(regions) == len(REGIONS) else f"{len(regions)} regions"
        lines += [f"One body acts as the region for {several}: what one region decides, all do.", ""]
    return lines
