"""What was asked of others, disputed, invoiced, and compared with companies' bills."""

from datetime import datetime
from uuid import uuid4

from django.utils import timezone

from payments.books.enums import (
    BillState,
    DecisionAbout,
    DecisionState,
    DifferenceKind,
    DifferenceState,
    Resolution,
)
from payments.books.models import BookedBill, BookedLine, Decision, Difference, IncidentCase, SuspenseReturn
from payments.disputes.enums import DisputeState
from payments.disputes.models import Dispute
from payments.enums import Client, Method, RefundState
from payments.fapiao.enums import FapiaoState
from payments.fapiao.models import FapiaoRequest
from payments.models import PaymentAttempt, PaymentIntent
from payments.numbers import new_trade_number
from payments.requests.enums import Decision as Word
from payments.requests.enums import Outcome, RequestEventKind, RequestState
from payments.requests.models import GuardianDecision, PaymentRequest, RequestEvent
from payments.subscriptions.enums import AgreementState, CycleKind, CycleState, EndReason, SubscriptionState
from payments.subscriptions.models import Agreement, BillingCycle, RenewalNotice, Subscription, TrialUse
from tests import factories
from tests.payments.subscriptions.family import PRICE_FEN, make_plan

from .made import DAY, HOUR, Made, dated, maker


def _intent() -> PaymentIntent:
    """Something owed by somebody, and not paid in time."""
    return PaymentIntent.objects.create(
        payable_kind="test",
        payable_id=factories.next_number(),
        amount_fen=100,
        buyer=factories.make_user(),
        expires_at=timezone.now(),
        state="expired",
    )


@maker("payment_requests")
def _ask(at: datetime) -> Made:
    intent = _intent()
    row = PaymentRequest.objects.create(
        intent=intent,
        created_by=intent.buyer,
        in_app=True,
        message="想学画画",
        state=RequestState.DECLINED,
        created_at=at - 2 * HOUR,
        expires_at=at + HOUR,
        ended_at=at,
    )
    event = RequestEvent.objects.create(request=row, kind=RequestEventKind.DECLINED, at=at)
    return Made(row, intent.buyer.public_id, [event])


@maker("guardian_decisions")
def _guardian_decision(at: datetime) -> Made:
    intent = _intent()
    row = GuardianDecision.objects.create(
        intent=intent,
        guardian=factories.make_user(),
        decision=Word.RATIFIED,
        outcome=Outcome.STANDS,
        decided_at=at,
    )
    return Made(row, intent.buyer.public_id)


@maker("disputes")
def _dispute(at: datetime) -> Made:
    intent = _intent()
    attempt = PaymentAttempt.objects.create(
        intent=intent,
        gateway="stripe",
        method=Method.PAGE,
        client=Client.PHONE,
        out_trade_no=new_trade_number(),
        amount_fen=100,
        payable_until=at - 9 * DAY,
        state="closed",
    )
    row = Dispute.objects.create(
        attempt=attempt,
        gateway="stripe",
        ref=uuid4().hex,
        state=DisputeState.WON,
        amount_fen=100,
        evidence="已经送达",
        opened_at=at - 8 * DAY,
        heard_at=at,
        closed_at=at,
    )
    return Made(row, intent.buyer.public_id)


@maker("fapiao")
def _fapiao(at: datetime) -> Made:
    intent = _intent()
    row = FapiaoRequest.objects.create(
        intent=intent,
        asked_by=intent.buyer,
        buyer_name="示例",
        email="buyer@example.com",
        amount_fen=100,
        state=FapiaoState.ISSUED,
        number=uuid4().hex[:20],
        issued_at=at,
    )
    return Made(dated(row, requested_at=at - DAY), intent.buyer.public_id)


@maker("subscriptions")
def _subscription(at: datetime) -> Made:
    user, month = factories.make_parent(), {"period_starts_at": at - 30 * DAY, "period_ends_at": at}
    row = Subscription.objects.create(
        user=user,
        plan=make_plan(),
        amount_fen=PRICE_FEN,
        state=SubscriptionState.ENDED,
        ended_reason=EndReason.PERIOD_OVER,
        ended_at=at,
        created_at=at - 40 * DAY,
    )
    agreement = Agreement.objects.create(
        subscription=row,
        gateway="alipay",
        out_agreement_no=uuid4().hex,
        amount_fen=PRICE_FEN,
        first_charge_on=at.date(),
        state=AgreementState.ENDED,
        ended_at=at,
    )
    cycle = BillingCycle.objects.create(
        subscription=row, kind=CycleKind.DEBIT, state=CycleState.VOID, amount_fen=PRICE_FEN, **month
    )
    notice = RenewalNotice.objects.create(
        cycle=cycle,
        channel="in_app",
        sent_at=at - 9 * DAY,
        charge_on=at.date(),
        amount_fen=PRICE_FEN,
        renews=True,
        wording="1",
        text="示例",
        sha256="0" * 64,
    )
    trial = TrialUse.objects.create(user=user, subscription=row, begun_at=at - 40 * DAY)
    return Made(row, user.public_id, [agreement, cycle, notice, trial])


@maker("payment_bills")
def _bill(at: datetime) -> Made:
    row = BookedBill.objects.create(gateway="alipay", day=at.date() - DAY, state=BillState.BOOKED, booked_at=at)
    line = BookedLine.objects.create(bill=row, key=uuid4().hex, kind="trade", amount_fen=100, fee_fen=1)
    return Made(row, others=[line])


def _decision(at: datetime, **about: object) -> Decision:
    """Proposed by one of us and confirmed by another."""
    row = Decision.objects.create(
        note="已经核对",
        state=DecisionState.CONFIRMED,
        proposed_by=factories.make_staff(duties=[]),
        decided_by=factories.make_staff(duties=[]),
        decided_at=at,
        **about,
    )
    return dated(row, proposed_at=at - HOUR)


@maker("payment_differences")
def _difference(at: datetime) -> Made:
    row = Difference.objects.create(
        key=uuid4().hex,
        gateway="alipay",
        day=at.date() - DAY,
        kind=DifferenceKind.FEE_DIFFERS,
        state=DifferenceState.RESOLVED,
        resolved_at=at,
    )
    about = {"about": DecisionAbout.DIFFERENCE, "difference": row, "resolution": Resolution.ACCEPT_LOSS}
    return Made(dated(row, opened_at=at - DAY), others=[_decision(at, **about)])


@maker("payment_decisions")
def _payment_decision(at: datetime) -> Made:
    about = {"about": DecisionAbout.INCIDENT, "subject_key": uuid4().hex, "resolution": Resolution.REFUND_SUSPENSE}
    row = _decision(at, **about)
    back = SuspenseReturn.objects.create(
        decision=row,
        gateway="alipay",
        out_trade_no=new_trade_number(),
        out_refund_no=new_trade_number(),
        amount_fen=100,
        state=RefundState.SUCCEEDED,
        finished_at=at,
    )
    return Made(row, others=[back])


@maker("payment_cases")
def _case(at: datetime) -> Made:
    staff = factories.make_staff(duties=[])
    row = IncidentCase.objects.create(
        incident_key=uuid4().hex, taken_by=staff, taken_at=at - DAY, closed_by=staff, closed_at=at, note="已经查清"
    )
    return Made(row)
