"""Somebody who was asked opens an ask and pays."""

from collections.abc import Collection

from django.utils import timezone

from marketplace.accounts.models import User
from payments.enums import Client, Method
from payments.models import PaymentAttempt
from payments.requests.enums import RequestEventKind
from payments.requests.errors import AskOver, OwnAsk, SomebodyPays
from payments.requests.models import PaymentRequest, RequestEvent
from payments.requests.rules import ONE_AT_A_TIME
from payments.services import Payer, StartedAttempt, start_attempt


def note_opened(*, request: PaymentRequest, opened_by: User | None) -> None:
    """Write down that an ask was opened. Changes nothing else: no state, no hold, no link."""
    RequestEvent.objects.create(request=request, kind=RequestEventKind.OPENED, by=opened_by)


def start_payment_for(
    *,
    request: PaymentRequest,
    gateway_code: str,
    method: Method,
    client: Client,
    payer: Payer,
    own_attempts: Collection[str] = (),
) -> StartedAttempt:
    """Begin to pay an ask; two who begin at once lead to one attempt, and the second hears so.

    `own_attempts`: numbers of attempts this browser started before, which it may take up again.
    Talks to a gateway: call it outside transactions.

    Raises: AskOver, OwnAsk, SomebodyPays, and what `start_attempt` refuses.
    """
    request.refresh_from_db()
    if not request.is_active or request.expires_at <= timezone.now():
        raise AskOver
    if payer.user_id == request.created_by_id:
        raise OwnAsk

    def leave_others_alone(prior: PaymentAttempt) -> None:
        if _is_somebody_elses(prior, payer, own_attempts):
            raise SomebodyPays

    return start_attempt(
        intent=request.intent,
        gateway_code=gateway_code,
        method=method,
        client=client,
        payer=payer,
        before_prior=leave_others_alone,
    )


def _is_somebody_elses(attempt: PaymentAttempt, payer: Payer, own_attempts: Collection[str]) -> bool:
    """Begun a moment ago by another person; after a while the way is free again, its trade closed first."""
    if attempt.created_at <= timezone.now() - ONE_AT_A_TIME:
        return False
    if attempt.payer_id is not None:
        return attempt.payer_id != payer.user_id
    return attempt.out_trade_no not in own_attempts
