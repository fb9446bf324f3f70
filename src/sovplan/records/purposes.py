"""What techniques mostly work for: people's consumption, or the means of production."""

from typing import Final

import numpy as np

from sovplan.foundation.shapes import Flags, TechniquesVector
from sovplan.records.economy import Economy

_HALF: Final = 0.5
"""Share of a good's uses from which it is mostly for consumption (definition)."""


def means_of_production(economy: Economy, activity: TechniquesVector) -> Flags:
    """Return the techniques none of whose goods is used mostly by people.

    Of each good, what people want of it is held against what techniques take of it: coal, of which
    people burn a little, is a means of production, and so is raw cotton. A good that only plants,
    public uses or exports take is one too.

    Parameters
    ----------
    economy
        Gives inputs and needs of its first year.
    activity
        How much of each technique is meant to be done.

    Returns
    -------
    Flags
        True for means of production, by technique.

    Source: division of output by its main use into group A (means of production) and group B
    (consumption), as in Soviet statistics of industry; here of all branches.
    """
    techniques = economy.techniques
    wanted = np.asarray(economy.needs.over([economy.first_year])[:, 0, :2].max(axis=1))
    taken = np.asarray(techniques.inputs @ activity)
    for_people = (wanted > 0) & (wanted >= _HALF * (wanted + taken))
    return np.asarray(techniques.outputs.T @ for_people.astype(np.float64)) <= 0
