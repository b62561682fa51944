"""Walking the chains of some days and saying whether they hold: what the portal of overseers shows.

`deploy/verify_audit.py` does the same to an export, elsewhere and without our code; it has the last word.
"""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from . import keys
from .chain import NOTHING_BEFORE, canonical, digest, event_content, seal_content
from .models import DaySeal
from .rules import kept_from
from .selectors import sealed_events, standing_seals


@dataclass(frozen=True)
class DayVerdict:
    """How one day's chain stands; `fault` is "" where it holds. `is_erased`: its rows are past their time and gone."""

    seal: DaySeal
    fault: str
    is_erased: bool = False

    @property
    def holds(self) -> bool:
        return not self.fault


def is_signed(text: str, signature: str, public_key: str) -> bool:
    """Return whether a text was signed by the owner of a public key."""
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key)).verify(bytes.fromhex(signature), text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def verified_days(since: date, until: date, today: date) -> list[DayVerdict]:
    """Walk every chain of these days, rows, seals and signatures, in the order of days."""
    return list(_verdicts(since, until, today))


def _verdicts(since: date, until: date, today: date) -> Iterator[DayVerdict]:
    public_key, last = keys.public_key_text(), _final_before(since)
    for seal in standing_seals(since, until):
        yield _verdict(seal, last, public_key, today)
        last = seal.hash if seal.is_final else last


def _final_before(since: date) -> str:
    seal = DaySeal.objects.filter(is_final=True, chain_on__lt=since).order_by("-chain_on").first()
    return seal.hash if seal else NOTHING_BEFORE


def _verdict(seal: DaySeal, last: str, public_key: str, today: date) -> DayVerdict:
    content = seal_content(seal)
    if digest(content) != seal.hash or not is_signed(canonical(content), seal.signature, public_key):
        return DayVerdict(seal, "seal")
    if seal.previous_hash != last:
        return DayVerdict(seal, "order")
    if seal.chain_on < kept_from(today) and not any(True for _ in sealed_events(seal)):
        return DayVerdict(seal, "", is_erased=True)
    return DayVerdict(seal, _fault_of_rows(seal))


def _fault_of_rows(seal: DaySeal) -> str:
    position, previous = 0, NOTHING_BEFORE
    for event in sealed_events(seal):
        position += 1
        if event.position != position:
            return "missing"
        if event.previous_hash != previous or digest(event_content(event)) != event.hash:
            return "changed"
        previous = event.hash
    if position != seal.count:
        return "missing"
    return "" if previous == seal.last_hash else "changed"
