"""The choice of techniques where work is the only scarce thing.

    v_g = min over the techniques j of g   (sum_h v_h A_hj + l_j) / (what j leaves of g)

v are the least hours in a unit of each good, l the work of a technique with the wear of its plants
counted as goods used up. With one primary factor the choice does not depend on what is wanted: the
same techniques are best for every basket (substitution theorem). Policy iteration: the contents of
a choice are solved for exactly, every good changes to a cheaper technique, until none is cheaper;
each choice is cheaper for all goods than the one before, so that it ends.

Source: Samuelson (1951), in Koopmans, Activity Analysis of Production and Allocation, ch. 7; policy
iteration, Howard (1960).
"""

from dataclasses import dataclass
from typing import Final, final

import numpy as np
from scipy.sparse import csc_array, csr_array, diags_array, eye_array

from sovplan.foundation.errors import NotProductive
from sovplan.foundation.linear import solve_system
from sovplan.foundation.numbers import percent
from sovplan.foundation.shapes import GoodsVector, Indices, Sparse, TechniquesVector
from sovplan.foundation.words import say
from sovplan.planning.balances import columns_of, fitting_share, need_of
from sovplan.planning.broken import broken_limits
from sovplan.planning.coefficients import main_outputs, main_products, mix_of
from sovplan.planning.limits import problem_of
from sovplan.planning.standing import put_forward
from sovplan.records.aims import Aims
from sovplan.records.aimsfile import check_aims
from sovplan.records.calendar import calendar_of
from sovplan.records.draft import Draft
from sovplan.records.economy import Economy
from sovplan.records.returns import Returns

_SWEEPS: Final = 2_000
"""Sweeps that look for a first choice that can be worked at all."""
_CHEAPER: Final = 1e-12
"""Relative gain from which another technique is taken."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """The best technique of each good.

    Parameters
    ----------
    technique
        Index by good; -1 where nobody makes it.
    content
        Least hours in one unit of each good; 0 where nobody makes it.
    turns
        Choices that were tried.
    """

    technique: Indices
    content: GoodsVector
    turns: int


def best_techniques(
    inputs: Sparse, outputs: TechniquesVector, product: Indices, labour: TechniquesVector
) -> Choice:
    """Return the techniques of least labour.

    Parameters
    ----------
    inputs
        A, goods x techniques.
    outputs, product
        What a unit of each technique makes, and of which good.
    labour
        l, hours per unit of each technique.

    Raises
    ------
    NotProductive
        Some goods use up as much as is made of them by any choice.
    """
    matrix, goods = csc_array(inputs), inputs.shape[0]
    turned, made = csr_array(matrix.T), np.isin(np.arange(goods), product)
    content = np.zeros(goods)
    for _ in range(_SWEEPS):
        # From below: contents rise to the least ones, and without bound where there are none.
        raised = _cheapest((turned @ content + labour) / outputs, product, goods)[1]
        if np.allclose(raised, content, rtol=1e-10, atol=0.0):
            break
        content = raised
    chosen = _cheapest((turned @ content + labour) / outputs, product, goods)[0]
    turns = 0
    while True:
        turns += 1
        content = _contents(matrix, outputs, labour, (chosen, made))
        if not (content[made] >= 0).all() or not np.isfinite(content).all():
            raise NotProductive(str(place) for place in np.flatnonzero(made & ~(content >= 0)))
        cost = (turned @ content + labour) / outputs
        other, least = _cheapest(cost, product, goods)
        better = made & (least < content * (1.0 - _CHEAPER) - 1e-300)
        if not better.any():
            return Choice(np.where(made, chosen, -1), np.where(made, content, 0.0), turns)
        chosen = np.where(better, other, chosen)


def techniques(returns: Returns, aims: Aims | None = None, *, years: int | None = None) -> Draft:
    """Return the plan that meets every target with the techniques of least labour.

    Plants are taken as if they could be had at once for the hours in them: the plan is then held
    against those that are there.

    Parameters
    ----------
    returns
        What was declared. Of a technique with several products the main one has to bear the work.
    aims
        What the plan is for; the economy's own needs and the defaults if None.
    years
        Number of years in place of that of the aims.

    Returns
    -------
    Draft
        Status `feasible`, or `infeasible` with the limits that it would break. `facts` holds
        `least_hours`, the content of each good, and `turns`.

    Raises
    ------
    NotProductive
        Goods use up as much as is made of them.
    """
    aims = (aims or Aims()).over(years)
    economy = returns.declared
    check_aims(aims, economy)
    problem = problem_of(economy, aims, calendar_of(economy, aims))
    choice = _chosen(economy, aims, main_products(economy))
    names = economy.techniques.names
    chosen = set(choice.technique[choice.technique >= 0].tolist())
    shares = {name: float(place in chosen) for place, name in enumerate(names)}
    mix = mix_of(economy, shares)
    columns = columns_of(problem, need_of(problem, mix))
    share = 1.0
    if broken_limits(problem, columns):
        share = fitting_share(problem, mix) or 1.0
        columns = columns_of(problem, need_of(problem, mix, share))
    left = len(names) - len(chosen)
    told: tuple[str, ...] = (
        say("techniques.told", count=len(chosen), left=left, turns=choice.turns),
    )
    if share < 1.0:
        told = (*told, say("techniques.fitted", share=percent(share)))
    facts = {"least_hours": choice.content, "turns": choice.turns}
    return put_forward(problem, columns, "techniques", told=told, facts=facts)


def _chosen(economy: Economy, aims: Aims, product: Indices) -> Choice:
    found, plants = economy.techniques, economy.plants
    weights = np.array([float(aims.labour_weights.get(skill, 1.0)) for skill in found.skills])
    wear = csr_array(plants.building @ diags_array(plants.wear) @ plants.load)
    kept = economy.extensions.kept(len(economy.goods))[product]
    # What comes besides the main product is a gift: the contents are at most what they would be.
    made = main_outputs(economy, product) * kept
    try:
        labour = np.asarray(found.labour.T @ weights)
        return best_techniques(csr_array(found.inputs + wear), made, product, labour)
    except NotProductive as lacking:
        raise NotProductive(economy.goods.names[int(place)] for place in lacking.goods) from None


def _cheapest(cost: TechniquesVector, product: Indices, goods: int) -> tuple[Indices, GoodsVector]:
    """Return the cheapest technique of each good and its cost; 0 where there is none."""
    order = np.lexsort((cost, product))
    first = np.unique(product[order], return_index=True)
    technique, least = np.zeros(goods, dtype=np.int64), np.zeros(goods)
    technique[first[0]] = order[first[1]]
    least[first[0]] = cost[order[first[1]]]
    return technique, least


def _contents(
    inputs: csc_array[np.float64],
    outputs: TechniquesVector,
    labour: TechniquesVector,
    choice: tuple[Indices, np.ndarray],
) -> GoodsVector:
    """Return v of  v B = v A + l  for one technique a good; what nobody makes costs nothing."""
    chosen, made = choice
    part = np.where(made, 1.0 / outputs[chosen], 0.0)
    each = csr_array(inputs[:, chosen] @ diags_array(part))
    left = csr_array(eye_array(len(chosen), format="csr") - each.T)
    return solve_system(left, np.where(made, labour[chosen] * part, 0.0))
