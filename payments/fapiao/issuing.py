"""Who makes out a fapiao.

Today our staff do, at the tax office's own site, and type the number in at the finance desk: `Desk`. A company that
issues by an interface takes its place by being registered; nothing else changes.
"""

from dataclasses import dataclass
from typing import Protocol

from payments.fapiao.enums import TitleKind


@dataclass(frozen=True)
class Papers:
    """All that whoever issues may know."""

    title_kind: TitleKind
    buyer_name: str
    tax_number: str
    email: str
    item_name: str
    amount_fen: int


class Issuer(Protocol):
    """One way to issue. Both may be asked again for the same `key` and then give the same number."""

    def issue(self, papers: Papers, *, key: str) -> str | None:
        """The number of the fapiao, or None while people see to it."""

    def reverse(self, number: str, *, key: str) -> str | None:
        """The number of the red fapiao that undoes one, or None while people see to it."""


class Desk:
    """People do it: nothing happens until they type the number in."""

    def issue(self, papers: Papers, *, key: str) -> str | None:
        return None

    def reverse(self, number: str, *, key: str) -> str | None:
        return None


_issuer: Issuer = Desk()


def register_issuer(issuer: Issuer) -> None:
    """Let another way take the place of the desk."""
    global _issuer
    _issuer = issuer


def issuer() -> Issuer:
    """The way that is used here."""
    return _issuer
