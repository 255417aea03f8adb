"""The scenario on the page as a file of `scenarios/`, which runs unchanged on the command line."""

import yaml

from experiments._config_files import PRESENT_LAW
from experiments.dashboard.findings import found_reforms
from experiments.dashboard.levers import changed_keys
from experiments.dashboard.request import Request, base_scenario, settings_of
from experiments.search.writing import scenario_file

PACKAGE = "# @package scenario\n"

HEAD = """\
# Riforma composta nel cruscotto: si mette in scenarios/{name}.yaml e si confronta con
# Reform made in the dashboard: put it in scenarios/{name}.yaml and compare it with
#   {command}
"""


def scenario_yaml(request: Request) -> str:
    """Return the text of the file; raise RequestError for a request that cannot hold.

    It starts from the file of its scenario; a reform that a search found has none in the project, and
    starts from present law.
    """
    settings = settings_of(request)
    scenario, head = (
        settings[request.name].scenario,
        HEAD.format(name=request.name, command=command_of(request)),
    )
    if request.base in found_reforms():
        whole = scenario_file(scenario, settings[PRESENT_LAW].scenario, PRESENT_LAW)
        return PACKAGE + head + whole.removeprefix(PACKAGE)
    content = {
        "title": vars(scenario.title),
        "reason": vars(scenario.reason),
        **changed_keys(base_scenario(request.base, request.territory), request.moves),
    }
    base = f"defaults: [{request.base}, _self_]\n\n"
    return PACKAGE + head + base + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1000)


def command_of(request: Request) -> str:
    """Return the command that makes the same comparison, once the file is in its place."""
    first, *others = request.arguments
    return f"python -m experiments compare '{first}' {' '.join(others)}"
