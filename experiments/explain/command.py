"""`python -m experiments explain`: why a commune has the value that results give it."""

import argparse
import unicodedata

from rich.console import Console

from areavasta.model import TerritorialModel
from areavasta.observation import COMMUNE_COLUMNS
from areavasta.settings import suggestion
from areavasta.settings.check import choices
from areavasta.territory import Territory
from experiments._help import CommandParser
from experiments.engine import Pair
from experiments.explain.commune import explain_commune
from experiments.explain.difference import explain_difference
from experiments.explain.overview import services_table
from experiments.explain.rendering import show_tree
from experiments.explain.tree import Node
from experiments.explain.words import say
from experiments.language import LANGUAGES
from experiments.refusal import refuse
from experiments.rerun import FinishedRuns
from experiments.results import ResultsError, results_folder
from experiments.terminal import make_console

DONE = 0
"""Exit code when all is well."""

DEPTH, WHOLE = 3, 99
"""Levels of a tree that are shown: usually, and of one function."""

APOSTROPHES = "'’‘`´"
"""What is typed between the parts of a name, or for an accent."""

MOST_NEAR = 3
"""Communes whose names begin as asked that a refusal names."""


def explain(arguments: list[str]) -> int:
    """Show the explanation that the arguments ask for; return 0, or 2 with one line on what is wrong."""
    chosen = _parser().parse_args(arguments)
    try:
        _explain(chosen)
    except ResultsError as error:
        return refuse(error)
    return DONE


def _parser() -> CommandParser:
    parser = CommandParser("explain")
    parser.add_argument("results", help="cartella di risultati, o latest / folder of results, or latest")
    parser.add_argument("commune", help="nome o codice ISTAT / name or ISTAT code")
    parser.add_argument("--year", type=int, help="anno; senza, l'ultimo / year; without it, the last")
    parser.add_argument("--scenario", help="scenario; senza, la prima riforma / without it, the first reform")
    parser.add_argument(
        "--indicator", help="una grandezza / a quantity: service, cost, spending, transfers, slack, ..."
    )
    parser.add_argument("--function", help="una sola funzione, per intero / one function, whole")
    parser.add_argument("--draw", type=int, help="estrazione dei parametri / parameter draw")
    parser.add_argument("--replicate", type=int, help="replica / replicate")
    parser.add_argument("--depth", type=int, help="livelli dell'albero / levels of the tree")
    parser.add_argument(
        "--alone", action="store_true", help="senza confronto / without the comparison with present law"
    )
    parser.add_argument("--lang", choices=LANGUAGES, default="it", help="lingua / language")
    return parser


def _explain(chosen: argparse.Namespace) -> None:
    runs = FinishedRuns(results_folder(chosen.results))
    scenario = _scenario(runs, chosen.scenario)
    pair, year = _pair(runs, chosen.draw, chosen.replicate), _year(runs, chosen.year)
    place = find_commune(runs.territory, chosen.commune)
    _check_names(chosen)
    console, lang = make_console(), chosen.lang
    model = runs.model(scenario, pair, year)
    _head(console, model, place, runs.title(scenario, lang), pair, lang)
    after = _show(console, chosen, model, place)
    present = runs.scenarios[0]
    if chosen.alone or scenario == present:
        return
    titles = {"reform": runs.title(scenario, lang), "present": runs.title(present, lang)}
    console.print(f"\n{say('change', lang, **titles)}", style="bold")
    before = _trees(chosen, runs.model(present, pair, year), place)
    changes = [explain_difference(old, new) for old, new in zip(before, after, strict=True)]
    for change in changes:
        if change.amount or change.children:
            show_tree(console, change, _depth(chosen))
    if not any(change.amount or change.children for change in changes):
        console.print(say("unchanged", lang))


def _show(console: Console, chosen: argparse.Namespace, model: TerritorialModel, place: int) -> list[Node]:
    """Print what is asked of one scenario and return its trees."""
    trees = _trees(chosen, model, place)
    if chosen.indicator or chosen.function:
        show_tree(console, trees[0], _depth(chosen))
        return trees
    show_tree(console, trees[0], _depth(chosen))
    console.print(f"\n{say('overview', chosen.lang)}", style="bold")
    console.print(services_table(model, place, chosen.lang))
    return trees


def _trees(chosen: argparse.Namespace, model: TerritorialModel, place: int) -> list[Node]:
    """Return the trees that the arguments ask for: those of the books and of services without any."""
    if chosen.function:
        service = explain_commune(model, place, chosen.lang, "service")
        found = service.find(chosen.function)
        if found is None:
            raise ResultsError(f"--function {chosen.function}: {say('not_needed', chosen.lang)}")
        return [found]
    if chosen.indicator:
        return [explain_commune(model, place, chosen.lang, chosen.indicator)]
    return list(explain_commune(model, place, chosen.lang).children)


def _depth(chosen: argparse.Namespace) -> int:
    if chosen.depth is not None:
        return max(int(chosen.depth), 0)
    return WHOLE if chosen.function else DEPTH


def _head(console: Console, model: TerritorialModel, place: int, title: str, pair: Pair, lang: str) -> None:
    name = model.territory.names[place]
    console.print(say("title", lang, commune=name, year=model.year, scenario=title), style="bold")
    console.print(say("pair", lang, draw=pair[0], replicate=pair[1]))


def _check_names(chosen: argparse.Namespace) -> None:
    """Refuse a quantity or function that there is not, in one line."""
    from areavasta.functions import load_catalogue

    for option, known in (("indicator", COMMUNE_COLUMNS), ("function", load_catalogue().keys)):
        name = getattr(chosen, option)
        if name is not None and name not in known:
            raise ResultsError(f"--{option} {name}: {choices(name, known)}")


def _scenario(runs: FinishedRuns, name: str | None) -> str:
    if name is None:
        return runs.scenarios[1] if len(runs.scenarios) > 1 else runs.scenarios[0]
    if name not in runs.scenarios:
        raise ResultsError(f"--scenario {name}: {choices(name, runs.scenarios)}")
    return name


def _year(runs: FinishedRuns, year: int | None) -> int:
    if year is None:
        return runs.years[-1]
    if year not in runs.years:
        raise ResultsError(f"--year {year}: these results go from {runs.years[0]} to {runs.years[-1]}")
    return year


def _pair(runs: FinishedRuns, draw: int | None, replicate: int | None) -> Pair:
    """Return the pair asked for, the first where nothing is said."""
    pairs = runs.pairs
    wanted = (pairs[0][0] if draw is None else draw, pairs[0][1] if replicate is None else replicate)
    if wanted not in pairs:
        (first_draw, first), (last_draw, last) = pairs[0], pairs[-1]
        raise ResultsError(
            f"--draw {wanted[0]} --replicate {wanted[1]}: these results have draws {first_draw} to "
            f"{last_draw}, replicates {first} to {last}"
        )
    return wanted


def find_commune(territory: Territory, wanted: str) -> int:
    """Return the position of a commune by ISTAT code or name; ResultsError says what is near.

    Accents, capitals and the kind of apostrophe do not count, so that "forli'" is Forlì.
    """
    if wanted.strip() in territory.codes:
        return territory.codes.index(wanted.strip())
    names = [_plain(name) for name in territory.names]
    asked = _plain(wanted)
    named = [i for i, name in enumerate(names) if name == asked]
    if len(named) == 1:
        return named[0]
    if named:
        codes = ", ".join(territory.codes[i] for i in named)
        raise ResultsError(f"commune {wanted}: there are {len(named)} of that name; give a code: {codes}")
    begin = [name for name, plain in zip(territory.names, names, strict=True) if plain.startswith(asked)]
    near = f"; did you mean {' or '.join(begin)}?" if asked and len(begin) in range(1, MOST_NEAR + 1) else ""
    near = near or suggestion(wanted, territory.names) or "; give its name or ISTAT code"
    raise ResultsError(f"commune {wanted}: is not in {territory.region_name}{near}")


def _plain(name: str) -> str:
    """Return a name in small letters, without accents and apostrophes."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    kept = (letter for letter in letters if not unicodedata.combining(letter))
    return " ".join("".join(" " if letter in APOSTROPHES else letter for letter in kept).split())
