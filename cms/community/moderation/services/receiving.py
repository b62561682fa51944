"""How a post or a reply comes to the desk, and how it leaves it without a decision. Joins the caller's transaction."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from marketplace.core.encryption.services import destroy_data_key
from marketplace.safeguarding.enums import Kind, Level

from ...models import Appeal, Case, Claim, Decision, Post, Reply, Report
from .. import rules
from ..enums import Cause


@transaction.atomic
def open_case(
    *,
    writing: Post | Reply,
    cause: str,
    level: int = Level.NONE,
    kind: str = Kind.EVERYDAY,
    voices: Sequence[rules.Voice] = (),
    now: datetime | None = None,
) -> Case:
    """Put a text into the queue, or raise the urgency of the case it has. `cause` is a Cause, `level` the gate's.

    The text's own state is the caller's to set, and its row the caller's to lock: a text has one open case, and the
    database refuses a second. `voices` are all the reports there are.
    """
    case = Case.objects.select_for_update().filter(settled_at=None, **about(writing)).first()
    if case is None:
        case = Case(cause=cause, opened_at=now or timezone.now(), **about(writing))
    case.level, case.kind = max((case.level, case.kind), (level, str(kind)), key=lambda pair: pair[0])
    case.urgency = max(case.urgency, rules.urgency(cause=cause, level=case.level, voices=voices))
    case.is_hard = case.is_hard or rules.is_hard(level=case.level, kind=case.kind, voices=voices)
    case.reports_count = max(case.reports_count, len(voices))
    case.save()
    return case


@transaction.atomic
def drop_case(*, writing: Post | Reply, now: datetime | None = None) -> None:
    """Take a text out of the queue because its writer took it back; whoever has it in hand loses it."""
    now = now or timezone.now()
    for case in Case.objects.select_for_update().filter(settled_at=None, **about(writing)):
        Claim.objects.filter(case=case, ended_at=None).update(ended_at=now)
        case.settled_at = now
        case.save(update_fields=["settled_at"])


def forget(writing: Post | Reply) -> None:
    """Destroy everything that was said about a text whose words are erased: cases, decisions, second looks, reports."""
    cases = Case.objects.filter(**about(writing))
    decisions = Decision.objects.filter(case__in=cases)
    sealed = (decisions, Appeal.objects.filter(decision__in=decisions), Report.objects.filter(**about(writing)))
    for rows in sealed:
        for public_id in rows.values_list("public_id", flat=True):
            destroy_data_key(subject_id=public_id, reason="withdrawn", destroyed_by=None)
    cases.delete()
    Report.objects.filter(**about(writing)).delete()


def about(writing: Post | Reply) -> dict[str, Post | Reply]:
    """Return the field that names a text, and the text: for a case or a report."""
    return {"post" if isinstance(writing, Post) else "reply": writing}


def cause_of(*, level: int, is_held_by_mode: bool) -> Cause:
    """Return why a new text waits: the gate's worry before the hold's, the hold's before everybody's."""
    if level >= Level.CONCERN:
        return Cause.GATE
    return Cause.HOLD if is_held_by_mode else Cause.NEW
