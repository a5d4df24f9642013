"""Classical item analysis: how hard an item is, whether it agrees with the others, and how reliable all are together.

Owns the formulas alone. A matrix has a row for each student and a column for each item; every entry is a number.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
FEWEST = 3
"""Two students always lie on a line."""
TINY = 1e-12


def item_rest_correlations(scores: Scores) -> list[float | None]:
    """Return for each item the Pearson correlation of its score with the sum of all other items.

    This is the corrected item-total correlation of J. C. Nunnally and I. H. Bernstein, Psychometric Theory, 3rd edition
    (1994), chapter 8. None where an item or the rest is the same for all, and for fewer than three students.
    """
    totals = scores.sum(axis=1)
    return [correlation(scores[:, item], totals - scores[:, item]) for item in range(scores.shape[1])]


def correlation(first: Scores, second: Scores) -> float | None:
    """Return Pearson's correlation, or None where it is not defined."""
    if len(first) < FEWEST or first.std() < TINY or second.std() < TINY:
        return None
    return float(np.corrcoef(first, second)[0, 1])


def cronbach_alpha(scores: Scores) -> float | None:
    """Return k / (k - 1) * (1 - the sum of the items' variances / the variance of the totals), for k items.

    L. J. Cronbach, Coefficient alpha and the internal structure of tests, Psychometrika 16 (1951), 297-334. For items
    that are 0 or 1 it is formula 20 of G. F. Kuder and M. W. Richardson, Psychometrika 2 (1937), 151-160. None where
    the totals are all the same, and for fewer than two items or three students.
    """
    students, items = scores.shape
    if items < 2 or students < FEWEST:  # noqa: PLR2004 - the formula divides by the number of items less 1
        return None
    of_totals = scores.sum(axis=1).var(ddof=1)
    if of_totals < TINY:
        return None
    return float(items / (items - 1) * (1 - scores.var(axis=0, ddof=1).sum() / of_totals))


def are_all_or_nothing(scores: Scores, most: Scores) -> bool:
    """Whether each item gives all its points or none, and all items give the same: the items of KR-20."""
    whole = bool(np.all((np.abs(scores) < TINY) | (np.abs(scores - most) < TINY)))
    return whole and bool(np.ptp(most) < TINY)
