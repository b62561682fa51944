"""Writes of the record of looks. Every read of sensitive data about a person passes here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from ..enums import Action, Outcome
from ..models import AuditEvent


class Actor(Protocol):
    """Who looks: anybody with a public id; the user model, without core knowing it."""

    public_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessNote:
    """One look at data about one person.

    `subject_id` is the public id of the person the data is about, `items` are kinds of data (the values of consent's
    DataItem), `records` the public ids of single records where they matter, `reason` a code and never free text.
    `actor_label` says who in plain words, role and organisation; never a staff member's name.
    """

    actor: Actor | None
    subject_id: UUID
    items: Sequence[str]
    purpose: str
    is_allowed: bool = True
    reason: str = ""
    actor_label: str = ""
    records: Sequence[UUID] = ()
    action: Action = Action.READ


def record_access(
    *,
    actor: Actor | None,
    subject_id: UUID,
    items: Sequence[str],
    purpose: str,
    is_allowed: bool = True,
    reason: str = "",
    actor_label: str = "",
    records: Sequence[UUID] = (),
    action: Action = Action.READ,
) -> None:
    """Write down one look, allowed or refused; see `AccessNote` for what the words hold."""
    note = AccessNote(
        actor=actor,
        subject_id=subject_id,
        items=items,
        purpose=purpose,
        is_allowed=is_allowed,
        reason=reason,
        actor_label=actor_label,
        records=records,
        action=action,
    )
    record_accesses([note])


def record_accesses(events: Iterable[AccessNote]) -> None:
    """Write down a page's looks in one INSERT.

    The rows belong to the caller's transaction: a refusal that is raised inside it would take its own record along,
    so refusals are recorded outside and then raised. Sealing happens later, so writers never wait for one another.
    """
    AuditEvent.objects.bulk_create([_event(note) for note in events])


def _event(note: AccessNote) -> AuditEvent:
    return AuditEvent(
        action=note.action,
        actor_id=note.actor.public_id if note.actor else None,
        actor_label=note.actor_label[:120],
        subject_id=note.subject_id,
        items=[str(item) for item in note.items],
        records=list(note.records),
        purpose=str(note.purpose),
        outcome=Outcome.ALLOWED if note.is_allowed else Outcome.REFUSED,
        reason=str(note.reason),
    )
