"""What the model leaves out, and where the results come from."""

from __future__ import annotations

import pyarrow.parquet as pq
from markupsafe import Markup

from areavasta.settings import load_posterior
from experiments import language
from experiments.charts.files import RESULTS_LICENCE
from experiments.charts.reading import PAIRS_FOR_WORDS
from experiments.report.blocks import Block, Column, Facts, Items, Paragraph, Section, Table, Words
from experiments.report.cited import MANIFEST, Source, cited, given, of_manifest
from experiments.report.folder import Results
from experiments.report.indicators import number_of_pairs
from experiments.report.winners import imputed_unions
from experiments.report.words import word


def limits_section(results: Results, lang: str) -> Section:
    """Return what the model leaves out, what is imputed, and how far its constants are known."""
    told = results.manifest["territory"]
    items: list[Words] = [word("outside", lang), word("imputed_capacity", lang)]
    if told["imputed_communes"]:
        communes = of_manifest(results.manifest, "territory.imputed_communes", lang)
        items.append(
            Markup(word("imputed_communes", lang)).format(
                communes=Markup("{}\u00a0{}").format(communes, word("communes", lang))
            )
        )
    if told["unions_with_imputed_functions"]:
        items.append(Markup(word("imputed_unions", lang)).format(unions=imputed_unions(results, lang)))
    elif told["imputed_figures"]:
        count = of_manifest(results.manifest, "territory.imputed_figures", lang)
        items.append(Markup(word("imputed_figures", lang)).format(count=count))
    items.append(word("other_imputed", lang))
    items += _constants(results, lang)
    return Section("limits", word("limits", lang), [Items(items)])


def limits_box(results: Results, lang: str) -> Section:
    """Return the few words of a first page on what the model leaves out and what is imputed."""
    blocks = [Paragraph(word("outside", lang))]
    if results.manifest["territory"]["unions_with_imputed_functions"]:
        unions = imputed_unions(results, lang)
        blocks.append(Paragraph(Markup(word("imputed_unions", lang)).format(unions=unions)))
    return Section("limits", word("limits_short", lang), blocks)


def _constants(results: Results, lang: str) -> list[Words]:
    manifest = results.manifest
    if not manifest.get("draws"):
        return [word("no_draws", lang)]
    posterior = manifest["posterior"]
    items: list[Words] = [
        Markup(word("posterior", lang)).format(
            calibrated=cited(
                str(len(posterior["calibrated"])),
                float(len(posterior["calibrated"])),
                Source(MANIFEST, column="posterior.calibrated", how="count"),
            ),
            others=of_manifest(manifest, "posterior.from_range", lang),
            held=cited(
                str(len(posterior["held"])),
                float(len(posterior["held"])),
                Source(MANIFEST, column="posterior.held", how="count"),
            ),
        )
    ]
    if (share := _coverage(results)) is not None:
        shown = cited(
            language.percent_with_article(share, lang),
            share,
            Source("posterior/manifest.json", column="coverage.share"),
        )
        items.append(given(Markup(word("coverage", lang)).format(share=shown)))
    if manifest["pairs"] < PAIRS_FOR_WORDS:
        items.append(given(Markup(word("few_pairs", lang)).format(pairs=number_of_pairs(results, lang))))
    return items


def _coverage(results: Results) -> float | None:
    """Return how often intervals of the calibration hold the truth, when the results have its draws."""
    import json
    from pathlib import Path

    import areavasta.settings.posterior as shipped

    told = results.manifest["posterior"]
    posterior = load_posterior(told["choice"]) if told["choice"] == "shipped" else None
    if posterior is None or posterior.sha256 != told["sha256"]:
        return None
    path = Path(shipped.__file__).parents[1] / "posterior" / "manifest.json"
    return (
        float(json.loads(path.read_text(encoding="utf-8"))["coverage"]["share"]) if path.is_file() else None
    )


def provenance_section(results: Results, lang: str) -> Section:
    """Return versions, settings, seeds, the certificate of the books, and the tables."""
    blocks: list[Block] = [
        Paragraph(given(word("how_cited", lang))),
        Facts(_facts(results, lang)),
        Table(
            word("tables", lang),
            [Column(word(key, lang), key == "rows") for key in ("table", "rows", "columns")],
            [_table_row(results, name, lang) for name in table_files(results)],
        ),
    ]
    return Section("provenance", word("provenance", lang), blocks)


def table_files(results: Results) -> list[str]:
    """Return the names of the tables of results."""
    return sorted(path.name for path in results.folder.glob("*.parquet"))


def _table_row(results: Results, name: str, lang: str) -> list[Words]:
    about = pq.read_schema(results.folder / name)
    rows = pq.read_metadata(results.folder / name).num_rows
    return [
        given(name, name),
        cited(language.number(rows, lang), float(rows), Source(name, column="", how="count")),
        given(", ".join(about.names), name),
    ]


def _facts(results: Results, lang: str) -> list[tuple[Words, Words]]:
    manifest = results.manifest

    def told(path: str, *keys: str) -> Markup:
        return of_manifest(manifest, path, keys=keys)

    names = list(manifest["scenarios"])
    runs = Markup(word("runs_told", lang)).format(
        pairs=of_manifest(manifest, "pairs", lang),
        draws=of_manifest(manifest, "draws", lang),
        replicates=of_manifest(manifest, "replicates", lang),
    )
    packages = Markup(", ").join(
        Markup("{}\u00a0{}").format(given(name, f"{MANIFEST}#packages"), told("packages", name))
        for name in manifest["packages"]
    )
    facts: list[tuple[Words, Words]] = [
        (
            word("command", lang),
            Markup("{} ({})").format(told("command"), given(", ".join(names), f"{MANIFEST}#scenarios")),
        ),
        (word("run_id", lang), told("run_id")),
        (
            word("created", lang),
            cited(
                language.long_date(results.created, lang),
                manifest["created"],
                Source(MANIFEST, column="created"),
            ),
        ),
        (word("version", lang), told("version")),
        (word("commit", lang), _commit(results, lang)),
        (word("settings", lang), told("settings_hash")),
        (word("territory", lang), Markup("{}").format(told("territory.name", lang))),
        (given(word("territory_hash", lang)), told("territory.sha256")),
        (word("years", lang), Markup("{}–{}").format(told("first_year"), told("horizon"))),
        (word("seed", lang), told("seed")),
        (word("runs", lang), runs),
    ]
    if manifest.get("posterior", {}).get("sha256"):
        facts.append((given(word("posterior_hash", lang)), told("posterior.sha256")))
    facts.append((word("python", lang), Markup("{}; {}").format(told("python"), packages)))
    facts.append((word("certificate", lang), certificate(results, lang)))
    licences = word("licences_told", lang, licence=RESULTS_LICENCE)
    facts.append((word("licence", lang), given(licences)))
    return facts


def _commit(results: Results, lang: str) -> Markup:
    git = results.manifest.get("git")
    if not git:
        return Markup("{}").format(word("unknown", lang))
    commit = of_manifest(results.manifest, "git.commit")
    return Markup("{} ({})").format(commit, word("dirty", lang)) if git["dirty"] else commit


def certificate(results: Results, lang: str) -> Markup:
    """Write the certificate that the books of all runs closed."""
    keys = {
        "runs": "runs",
        "years": "years",
        "flows": "flows",
        "moved": "moved_cents",
        "discrepancy": "discrepancy_cents",
        "lowest": "lowest_local_balance_cents",
    }
    return Markup(word("certificate_told", lang)).format(
        **{name: of_manifest(results.manifest, f"closing.{key}", lang) for name, key in keys.items()}
    )
