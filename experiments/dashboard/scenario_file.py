"""The scenario on the page as a file of `scenarios/`, which runs unchanged on the command line."""

import yaml

from experiments.dashboard.levers import changed_keys
from experiments.dashboard.request import Request, base_scenario, settings_of

HEAD = """\
# @package scenario
# Riforma composta nel cruscotto: si mette in scenarios/{name}.yaml e si confronta con
# Reform made in the dashboard: put it in scenarios/{name}.yaml and compare it with
#   {command}
defaults: [{base}, _self_]

"""


def scenario_yaml(request: Request) -> str:
    """Return the text of the file; raise RequestError for a request that cannot hold."""
    scenario = settings_of(request)[request.name].scenario
    content = {
        "title": vars(scenario.title),
        "reason": vars(scenario.reason),
        **changed_keys(base_scenario(request.base, request.territory), request.moves),
    }
    head = HEAD.format(name=request.name, base=request.base, command=command_of(request))
    return head + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1000)


def command_of(request: Request) -> str:
    """Return the command that makes the same comparison, once the file is in its place."""
    first, *others = request.arguments
    return f"python -m experiments compare '{first}' {' '.join(others)}"
