"""How providers deliver with the money they have, reorganise, and learn."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from areavasta.accounts import CENTS_PER_EURO, Kind
from areavasta.agents.knowing import slack_targets
from areavasta.rules.apportionment import apportion, whole_cents
from areavasta.rules.sums import sum_by
from areavasta.services import service_level

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel


def deliver_jointly(model: "TerritorialModel") -> None:
    """Have unions, the agency, areas and the region spend what they have on the functions they hold.

    Each shares its money by plan, to the last cent but within what is of use, and gives one level of a
    function to everybody it serves: money over the cost of the standard. What residents pay by tariff goes to
    waste, also where its holder has other functions.
    """
    rows, holdings, delivery = model.rows.joint, model.state.holdings, model.delivery
    post_transition(model, rows)
    held = model.rows.joint_pools
    planned = sum_by(holdings.pool, delivery.plan)[held]
    cost = sum_by(holdings.pool, delivery.cost)[held]
    # Plans count in whole cents here, so that the order in which a sum was made decides nothing.
    plan = whole_cents(planned)
    pots, pot = _pots(model, holdings.pool_provider[held], plan)
    spent = np.minimum(
        apportion(pots, pot, plan.astype(np.float64)),
        whole_cents(planned * model.parameters.service.most_use),
    )
    level = np.zeros(holdings.pool_provider.size)
    level[held] = service_level(spent, cost)
    delivery.level[rows] = level.take(model.rows.pool_of_joint)
    model.ledger.post(
        Kind.delivery, "joint", holdings.pool_provider[held], model.accounts.suppliers, spent,
        function=holdings.pool_function[held],
    )  # fmt: skip


def _pots(
    model: "TerritorialModel", provider: NDArray[np.intp], plan: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """Return the money of holders, cents, that of tariffs apart, and the pot of each joint pool, (pool,).

    `provider` and `plan`, cents, are those of the joint pools. A holder of waste alone has one pot.
    """
    money, apart = np.maximum(model.ledger.balance, 0), model.rows.paid_apart
    if not apart.any():
        return money, provider
    paid = np.minimum(money, sum_by(provider, np.where(apart, plan, 0), money.size).astype(np.int64))
    return np.concatenate((money - paid, paid)), provider + np.where(apart, money.size, 0)


def post_transition(model: "TerritorialModel", rows: NDArray[np.intp]) -> None:
    """Pay suppliers for the reorganisation of what these rows took over, as far as there is money."""
    holdings, delivery = model.state.holdings, model.delivery
    if not model.state.reorganisations:
        return
    rows = rows[delivery.transition.take(rows) > 0]
    if rows.size == 0:
        return
    body = holdings.body[rows]
    owed = sum_by(body, delivery.transition[rows], model.accounts.count)
    money = np.maximum(model.ledger.balance / CENTS_PER_EURO, 0.0)
    kept = np.minimum(1.0, money / np.maximum(owed, 1e-9))
    delivery.transition[rows] *= kept[body]
    model.ledger.post(
        Kind.transition, "reorganisation", body, model.accounts.suppliers,
        whole_cents(delivery.transition[rows]), function=holdings.function[rows], place=holdings.place[rows],
    )  # fmt: skip


def learn(model: "TerritorialModel") -> None:
    """Move slack toward what each provider tends to: less with help, known results and one clear holder."""
    state, held = model.state, model.state.holdings.pool_pair
    slack = state.slack.ravel()
    slack[held] += model.parameters.slack.speed * (slack_targets(model) - slack[held])
    state.slack = slack.reshape(state.slack.shape)
