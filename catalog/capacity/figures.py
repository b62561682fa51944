"""Two figures of supply and demand. Pure: no database."""

from collections.abc import Iterable


def gini(amounts: Iterable[float]) -> float | None:
    """Return how unequally something is shared out: 0 when all have alike, towards 1 when one has all.

    Amounts are not negative; None where there are none, or nothing was shared out. Half the relative mean difference,
    computed from the sorted amounts: G = sum over i of (2i - n - 1) * x_i, divided by n * sum of x.
    Source: C. Gini, Variabilità e mutabilità (1912); R. Dorfman, A formula for the Gini coefficient, Review of Economics
    and Statistics 61 (1979), 146-149. With n amounts it reaches at most (n - 1) / n.
    """
    ordered = sorted(amounts)
    total, number = sum(ordered), len(ordered)
    if total <= 0:
        return None
    weighted = sum((2 * place - number - 1) * amount for place, amount in enumerate(ordered, start=1))
    return max(weighted / (number * total), 0.0)


def fill_rate(*, taken_seconds: float, offered_seconds: float) -> float | None:
    """Return which part of the time on offer was taken, 0 to 1; None where none was on offer.

    The utilisation of a server, busy time by available time (L. Kleinrock, Queueing Systems, volume 1, 1975, section 2.1).
    """
    return taken_seconds / offered_seconds if offered_seconds > 0 else None
