"""What a moderator decides about a case, and how that is taken back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.core.minimising import without_identity_numbers
from marketplace.safeguarding.enums import DANGERS, Kind, Level

from ...enums import WaitingFor, WritingState
from ...models import Case, Claim, Decision, Post, Reply
from ...services import raising, showing
from .. import locks, rules, wording
from ..enums import SHOWING, Cause, Outcome
from ..errors import AskTwice, CannotUndo, NotOpen, NotOpened, SameReader, WrongTemplate
from .claiming import IN_HAND, claim_in_hand
from .receiving import open_case
from .telling import tell_author

#: So long a decision can be taken back as if it had not been.
UNDO_WITHIN = timedelta(seconds=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was chosen: an Outcome, the key of a template, the words for the author, a reason for colleagues, and
    whether somebody thought of the safety desk before showing what worries the gate."""

    outcome: str
    template: str
    words: str
    reason: str = ""
    thought_of_safety: bool = False


@transaction.atomic(durable=True)
def decide(*, public_id: UUID, choice: Choice, decided_by: User, now: datetime | None = None) -> Decision:
    """Decide about a case in hand; it takes effect at once, and the author finds the words beside their text.

    Raises NotOpen, NotYours, NotOpened, SameReader, WrongTemplate, AskTwice; Gone where the writer took it back.
    """
    now = now or timezone.now()
    case = locks.locked_case(public_id)
    if not case.is_open:
        raise NotOpen
    claim = claim_in_hand(case, decided_by, now)
    _check(case, claim, choice)
    decision = _written_down(case, choice, decided_by, now)
    _answer_appeal(case, decided_by, now)
    _carry_out(case, choice.outcome, now)
    _settle(case, claim, now)
    tell_author(case.writing, decision)
    return decision


@transaction.atomic(durable=True)
def undo(*, public_id: UUID, undone_by: User, now: datetime | None = None) -> Case:
    """Take a decision back within half a minute: the text waits again, in the hands of whoever decided.

    What went to the safety desk stays there. Raises CannotUndo.
    """
    now = now or timezone.now()
    found = Decision.objects.select_related("case").filter(public_id=public_id, undone_at=None).first()
    if found is None:
        raise CannotUndo
    case = locks.locked_case(found.case.public_id)
    decision = Decision.objects.select_for_update().get(pk=found.pk)
    if not may_undo(decision, undone_by, now) or case.is_open or _has_open_case(case.writing):
        raise CannotUndo
    decision.undone_at = now
    decision.save(update_fields=["undone_at"])
    if case.writing.state in (WritingState.WITHDRAWN, WritingState.ERASED):
        raise CannotUndo
    _put_as_before(case.writing, decision)
    case.settled_at = None
    case.save(update_fields=["settled_at"])
    _unanswer_appeal(case)
    if not Claim.objects.filter(moderator=undone_by, ended_at=None).exists():
        Claim.objects.create(case=case, moderator=undone_by, claimed_at=now, expires_at=now + IN_HAND, opened_at=now)
    return case


@transaction.atomic(durable=True)
def pull_back(*, writing: Post | Reply, pulled_by: User, now: datetime | None = None) -> Case:
    """Take something shown from the readers' eyes until somebody has looked again. Raises CannotUndo."""
    locked = locks.locked_writing(writing)
    if not locked.is_shown:
        raise CannotUndo
    showing.hold(writing=locked, waiting_for=WaitingFor.REPORTED)
    return open_case(writing=locked, cause=Cause.REPORT, level=Level.DISTRESS, kind=Kind.DISTRESS, now=now)


def may_undo(decision: Decision, user: User, now: datetime) -> bool:
    """Return whether somebody may take a decision back: their own, soon, and not one the safety desk works on."""
    is_soon = now - decision.decided_at <= UNDO_WITHIN
    is_own = decision.decided_by_id == user.pk
    return is_soon and is_own and decision.undone_at is None and decision.outcome != Outcome.SAFETY


def _check(case: Case, claim: Claim, choice: Choice) -> None:
    if claim.opened_at is None:
        raise NotOpened
    template = wording.BY_KEY.get(choice.template)
    if template is None or template.outcome != choice.outcome:
        raise WrongTemplate
    worries = rules.asks_for_safety(level=case.level, kind=case.kind)
    if choice.outcome in SHOWING and worries and not choice.thought_of_safety:
        raise AskTwice


def _written_down(case: Case, choice: Choice, decided_by: User, now: datetime) -> Decision:
    return Decision.objects.create(
        case=case,
        decided_by=decided_by,
        outcome=choice.outcome,
        template=choice.template,
        words=without_identity_numbers(choice.words),
        reason=without_identity_numbers(choice.reason),
        decided_at=now,
        waited_seconds=max(0, round((now - case.opened_at).total_seconds())),
        state_before=case.writing.state,
        waiting_before=case.writing.waiting_for,
    )


def _carry_out(case: Case, outcome: str, now: datetime) -> None:
    writing = case.writing
    if outcome in SHOWING:
        showing.show(writing=writing, is_covered=outcome == Outcome.PUBLISH_BLURRED, now=now)
    elif outcome == Outcome.ASK_TO_CHANGE:
        showing.return_to_writer(writing=writing)
    elif outcome == Outcome.DECLINE:
        showing.keep_back(writing=writing)
    else:
        kind = case.kind if case.kind in DANGERS else Kind.SELF_HARM
        raising.pass_to_duty(writing=writing, kind=kind, level=max(Level.CONCERN, case.level))


def _settle(case: Case, claim: Claim, now: datetime) -> None:
    case.settled_at = now
    case.save(update_fields=["settled_at"])
    claim.ended_at = now
    claim.save(update_fields=["ended_at"])


def _answer_appeal(case: Case, reader: User, now: datetime) -> None:
    appeal = locks.appeal_of(case)
    if appeal is None:
        return
    if appeal.first_reader_id == reader.pk:
        raise SameReader
    appeal.second_reader, appeal.answered_at = reader, now
    appeal.save(update_fields=["second_reader", "answered_at"])


def _unanswer_appeal(case: Case) -> None:
    appeal = locks.appeal_of(case)
    if appeal is not None:
        appeal.second_reader = appeal.answered_at = None
        appeal.save(update_fields=["second_reader", "answered_at"])


def _has_open_case(writing: Post | Reply) -> bool:
    return writing.cases.filter(settled_at=None).exists()


def _put_as_before(writing: Post | Reply, decision: Decision) -> None:
    """What was kept back before a second look is kept back again; anything else waits."""
    if decision.state_before == WritingState.KEPT_BACK:
        showing.keep_back(writing=writing)
    elif decision.state_before == WritingState.SHOWN:
        showing.show(writing=writing)
    else:
        showing.hold(writing=writing, waiting_for=WaitingFor(decision.waiting_before or WaitingFor.AGE))
