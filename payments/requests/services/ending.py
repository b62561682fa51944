"""How an ask ends: paid, not this time, taken back, or out of time. Money first, then words."""

from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.families.rules import has_others_pay
from payments.enums import EndResult, IntentState
from payments.models import PaymentAttempt, PaymentIntent
from payments.requests import locks, selectors
from payments.requests.enums import RequestEventKind, RequestState
from payments.requests.errors import AskOver, AskUnclear, NotYourAsk
from payments.requests.models import PaymentRequest, RequestEvent
from payments.requests.services import telling
from payments.services import cancel_intent, expire_intent

#: How an end is named to the core (`cancel_intent(because=)`), which hands it back inside the transaction that ends it.
_MARK = "ask"
_ENDS = {
    RequestState.DECLINED: RequestEventKind.DECLINED,
    RequestState.REVOKED: RequestEventKind.REVOKED,
    RequestState.EXPIRED: RequestEventKind.EXPIRED,
}


def decline_ask(*, request: PaymentRequest, declined_by: User | None = None) -> None:
    """Not this time: what was kept is free at once, and the one who asked is told kindly.

    Any payment under way is ended at its company first. Talks to a gateway: call it outside transactions.

    Raises: AskOver (paid or ended meanwhile), AskUnclear (somebody may be paying at this moment).
    """
    _give_up(request, RequestState.DECLINED, declined_by)


def revoke_ask(*, request: PaymentRequest, revoked_by: User) -> None:
    """Take an ask back, and with it what was kept: by the one who asked, or a guardian of record.

    Talks to a gateway: call it outside transactions. Raises: NotYourAsk, AskOver, AskUnclear.
    """
    is_theirs = request.created_by_id == revoked_by.pk
    if not is_theirs and selectors.ask_for_guardian(revoked_by, request.public_id) is None:
        raise NotYourAsk
    _give_up(request, RequestState.REVOKED, revoked_by)


def _give_up(request: PaymentRequest, state: RequestState, by: User | None) -> None:
    if not PaymentRequest.objects.filter(pk=request.pk, state=RequestState.ACTIVE).exists():
        raise AskOver
    result = cancel_intent(intent_id=request.intent_id, because=f"{_MARK}:{state}:{by.pk if by else ''}")
    if result == EndResult.NOT_YET:
        raise AskUnclear
    request.refresh_from_db()
    if request.state != state:
        raise AskOver


def end_overdue_ask(*, user: User) -> None:
    """End this person's ask whose time is over, if no beat has done it yet, so that the next one need not wait.

    Talks to a gateway: call it outside transactions.
    """
    ask = selectors.open_ask_of(user)
    if ask is not None and ask.expires_at <= timezone.now():
        expire_intent(intent_id=ask.intent_id)


def note_ended(*, intent: PaymentIntent, state: IntentState, because: str) -> None:
    """An intent ended unpaid: so does its ask. Joins payments' transaction, which holds the intent's lock."""
    ask = locks.locked_live_ask(intent.pk)
    if ask is None or not ask.is_active:
        return
    new_state, by_id = _read(because) or (_end_of(state), None)
    _end(ask, new_state, _ENDS[new_state], by_id)
    telling.tell_ended(ask, by_id)


def note_paid(*, intent: PaymentIntent, attempt: PaymentAttempt) -> None:
    """An intent was paid: so was its ask, even one whose time was just over. Joins payments' transaction.

    What a young person paid alone is told to those guardians who see bills anyway.
    """
    # Most payments concern nobody here, which one look tells.
    is_asked, is_young = selectors.is_asked_or_young(intent.pk)
    ask = locks.locked_live_ask(intent.pk) if is_asked else None
    if ask is not None and ask.state in (RequestState.ACTIVE, RequestState.EXPIRED):
        _end(ask, RequestState.PAID, RequestEventKind.PAID, attempt.payer_id)
        if attempt.payer_id != ask.created_by_id:
            telling.tell_paid(ask)
    if is_young and attempt.payer_id == intent.buyer_id and has_others_pay(intent.buyer):
        telling.tell_paid_alone(intent)


def _end(ask: PaymentRequest, state: RequestState, kind: RequestEventKind, by_id: int | None) -> None:
    ask.state, ask.ended_at = state, timezone.now()
    ask.save(update_fields=["state", "ended_at"])
    RequestEvent.objects.create(request=ask, kind=kind, by_id=by_id)


def _end_of(state: IntentState) -> RequestState:
    return RequestState.EXPIRED if state == IntentState.EXPIRED else RequestState.REVOKED


def _read(because: str) -> tuple[RequestState, int | None] | None:
    mark, _, rest = because.partition(":")
    if mark != _MARK:
        return None
    state, _, by = rest.partition(":")
    return RequestState(state), int(by) if by else None
