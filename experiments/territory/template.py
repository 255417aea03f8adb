"""An example of a territory's tables to fill in, with every column explained in Italian and English."""

import math
from pathlib import Path

from areavasta.functions import load_catalogue
from areavasta.settings import TerritoryChoice
from areavasta.territory_choice import territory_folder
from areavasta.territory_tables import NEED_GROUPS, TABLES, Column
from experiments.territory.build import put_in_place
from experiments.territory.provenance import markdown_table

EXAMPLE = TerritoryChoice(name="toy")
"""Territory that serves as the example: four communes with round figures."""

GROUP_NAMES = (
    "amministrazione", "istruzione", "polizia locale", "viabilità e territorio", "sociale e nidi", "rifiuti",
)  # fmt: skip
"""Italian names of NEED_GROUPS."""

MEANINGS: dict[str, tuple[str, str]] = {
    "code": ("codice ISTAT del Comune", "ISTAT code of the commune"),
    "name": ("nome", "name"),
    "area": ("Provincia o Città metropolitana: una chiave di areas.csv", "a key of areas.csv"),
    "population_2023": ("residenti al 1° gennaio 2023", "residents on 1 January 2023"),
    "population_2026": ("residenti nel 2026, anche stimati", "residents in 2026, or an estimate"),
    "residents_0_14": ("residenti fino a 14 anni, 2023", "residents up to 14 years old, 2023"),
    "residents_65_plus": ("residenti da 65 anni, 2023", "residents from 65 years old, 2023"),
    "area_km2": ("superficie, km²", "land, km2"),
    "altitude_m": ("altitudine del centro, m", "altitude of the centre, m"),
    "altitude_zone": ("zona altimetrica ISTAT", "altitude zone of ISTAT"),
    "urbanisation": ("1 città, 2 piccola città, 3 zona rurale", "1 city, 2 town, 3 rural"),
    "inner_area": ("classe SNAI, da A polo a F ultraperiferico", "inner areas, A pole to F ultra-peripheral"),
    "taxpayers": ("contribuenti IRPEF", "payers of income tax"),
    "taxable_income_eur": ("imponibile dell'addizionale comunale, EUR", "taxable income, EUR"),
    "surtax_eur": ("addizionale comunale, EUR", "municipal surtax on income, EUR"),
    **{
        f"need_{group}": (f"fabbisogno standard, EUR per abitante: {name}", f"need, EUR a head: {group}")
        for group, name in zip(NEED_GROUPS, GROUP_NAMES, strict=True)
    },
    "service_score": ("livello dei servizi OpenCivitas, da 0 a 10", "service score of OpenCivitas, 0 to 10"),
    "union": ("Unione: una chiave di unions.csv, vuota se nessuna", "a key of unions.csv, empty for none"),
    "ambit": ("ambito ottimale: una chiave di ambits.csv", "optimal area: a key of ambits.csv"),
    "district": ("distretto sociosanitario: una chiave di districts.csv", "a key of districts.csv"),
    "union_confidence": ("quanto è certa l'Unione", "how sure the union is"),
    "ambit_confidence": ("quanto è certo l'ambito", "how sure the ambit is"),
    "district_confidence": ("quanto è certo il distretto", "how sure the district is"),
    "x_m": ("est del centroide, UTM 32N, m", "easting of the centroid, UTM 32N, m"),
    "y_m": ("nord del centroide, UTM 32N, m", "northing of the centroid, UTM 32N, m"),
    "population_imputed": ("1 se i residenti sono stimati", "1 when residents are imputed"),
    "ages_imputed": ("1 se le età sono stimate", "1 when ages are imputed"),
    "figures_imputed": ("1 se redditi, fabbisogni e Unioni sono stimati", "1 when the rest is imputed"),
    "key": ("chiave, breve e unica", "key, short and unique"),
    "kind": ("Provincia o Città metropolitana", "province or metropolitan city"),
    "seat": ("codice ISTAT del capoluogo", "ISTAT code of the capital"),
    "evidence_year": ("anno della fonte", "year of the source"),
    "confidence": ("quanto è certa l'Unione", "how sure the union is"),
    "functions": (
        "funzioni svolte, divise da ;, vuota se ignote", "functions held, separated by ;, empty when unknown",
    ),
    "functions_confidence": ("quanto sono certe le funzioni", "how sure the functions are"),
    "neighbour": ("Comune confinante; ogni coppia una volta", "contiguous commune; each pair once"),
}  # fmt: skip
"""What the cells of a column mean, in Italian and English."""

INTRODUCTION = """\
# Un territorio / A territory

Un file CSV per tabella, in UTF-8, con virgole e punto decimale. Si cambiano le righe, non le intestazioni.
One CSV file a table, in UTF-8, with commas and decimal points. Change the rows, not the headers.

1. `python -m experiments territory check CARTELLA` elenca tutti gli errori / lists every problem;
2. `python -m experiments compare territory.folder=CARTELLA` confronta / compares.

L'esempio è valido: quattro Comuni con cifre tonde. / The example is valid: four communes with round figures.
`boundaries.json` e/and `hexes.csv` servono solo alle mappe / are for maps alone.
"""


def write_template(folder: Path) -> list[Path]:
    """Write the example's tables and README.md into a folder that is new or empty; return the files.

    Raises OSError when the folder has files already or cannot be written.
    """
    if folder.is_dir() and any(folder.iterdir()):
        raise FileExistsError(0, "the folder has files in it; name a new one")
    example = territory_folder(EXAMPLE)
    assert example is not None
    texts = {file: (example / file).read_text(encoding="utf-8") for file in TABLES} | {"README.md": readme()}
    return put_in_place(folder, texts)


def readme() -> str:
    """Return the explanation of every table and column."""
    lines = [INTRODUCTION]
    for file, columns in TABLES.items():
        lines += [f"## {file}", ""]
        rows = [(column.name, *MEANINGS[column.name], _allowed(column)) for column in columns]
        lines += [
            *markdown_table(("colonna / column", "significato", "meaning", "valori / values"), rows),
            "",
        ]
    functions = ", ".join(load_catalogue().keys)
    return "\n".join([*lines, "## functions", "", functions]) + "\n"


def _allowed(column: Column) -> str:
    """Return what the cells of a column may hold."""
    empty = "; può essere vuota / may be empty" if column.may_be_empty else ""
    if column.choices:
        return ", ".join(column.choices) + empty
    if column.kind == "code":
        return "sei cifre / six digits"
    if column.kind == "text":
        return f"testo / text{empty}"
    words = "intero / whole" if column.kind == "whole" else "numero / number"
    bounds = [f"{value:.15g}" for value in (column.low, column.high) if math.isfinite(value)]
    return f"{words}, {' … '.join(bounds)}"
