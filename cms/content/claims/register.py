"""All claims, in the order they are read."""

from collections.abc import Iterable

from .entries import assessment, companions, context, intervention, schools, warning
from .entry import Claim

CLAIMS: tuple[Claim, ...] = (
    *assessment.CLAIMS,
    *companions.CLAIMS,
    *warning.CLAIMS,
    *intervention.CLAIMS,
    *schools.CLAIMS,
    *context.CLAIMS,
)
BY_KEY: dict[str, Claim] = {claim.key: claim for claim in CLAIMS}


def claims_with(*, group: str = "", design: str = "", words: str = "", with_figure: bool = False) -> list[Claim]:
    """Return the claims of a group and a design that hold these words, all of them where nothing is asked."""
    return [
        claim
        for claim in CLAIMS
        if (not group or claim.group == group)
        and (not design or claim.design == design)
        and (not with_figure or claim.figure)
        and _holds(claim, words.strip().lower())
    ]


def _holds(claim: Claim, words: str) -> bool:
    said: Iterable[object] = (claim.who, claim.says, claim.figure, claim.ours, claim.n, *claim.rows)
    return not words or any(words in str(part).lower() for part in said)
