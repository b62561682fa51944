"""The clock jumps to each limit: a second before, everything is there; a second after, it is gone. Held rows stay."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.sessions.models import Session
from django.db.models import Model

from catalog.basket.models import Basket
from catalog.fulfilment.models import Entitlement, Shipment
from catalog.order.models import Order
from catalog.scheduling.enums import BookingStatus, CancelledBy
from catalog.scheduling.models import Booking, Occupancy
from marketplace.accounts.enums import Duty
from marketplace.accounts.models import DutyShift, RecoveryCode, User
from marketplace.consent.complaints.models import Complaint
from marketplace.consent.complaints.services import file_complaint
from marketplace.consent.council.services import propose_question
from marketplace.consent.enums import ConsentEventKind, GivenAs, GranteeKind
from marketplace.consent.models import Consent, ConsentEvent, SafetyOverride
from marketplace.consent.retention import services
from marketplace.consent.retention.models import LegalHold, RetentionLine, RetentionRun
from marketplace.consent.retention.registry import RetentionClass, registered
from marketplace.consent.retention.schedule import BY_KEY
from marketplace.consent.rights.models import DataRequest, ErasureCertificate
from marketplace.core.formatting import SHANGHAI
from marketplace.families.models import Child, EndingRequest, Guardianship, Invitation, ScreenTime
from marketplace.notifications.enums import Channel, MessageStatus
from marketplace.notifications.models import Message
from payments.models import PaymentIncident, PaymentIntent, ProviderEvent
from tests import factories
from tests.catalog.order.placed import order_of, pay

SECOND = timedelta(seconds=1)
LEAP_DAY = datetime(2024, 2, 29, 20, 15, 30, tzinfo=SHANGHAI)
#: Long after everything: rows of the platform's own present (made by factories) must not get in the way.
HOUR = timedelta(hours=1)


def class_of(key: str) -> RetentionClass:
    """One registered class."""
    return next(found for found in registered() if found.key == key)


@dataclass
class Made:
    """A row of a class, and whom it is about."""

    row: Model
    subject: UUID | None = None
    others: list[Model] = field(default_factory=list)


Maker = Callable[[datetime], Made]
MAKERS: dict[str, Maker] = {}


def maker(key: str) -> Callable[[Maker], Maker]:
    def note(function: Maker) -> Maker:
        MAKERS[key] = function
        return function

    return note


def dated(row: Any, **moments: Any) -> Any:
    """Set moments that the model or its service would set to now."""
    type(row)._base_manager.filter(pk=row.pk).update(**moments)
    row.refresh_from_db()
    return row


@maker("notices")
def _notice(at: datetime) -> Made:
    user = factories.make_user()
    return Made(
        Message.objects.create(recipient=user, channel=Channel.IN_APP, key=uuid4(), created_at=at), user.public_id
    )


@maker("code_messages")
def _code_message(at: datetime) -> Made:
    sent = {"channel": Channel.SMS, "address": "+8613900000000", "status": MessageStatus.SENT}
    return Made(Message.objects.create(**sent, key=uuid4(), created_at=at))


@maker("email_codes")
def _email_code(at: datetime) -> Made:
    user = factories.make_user()
    address = EmailAddress.objects.create(user=user, email=f"{uuid4()}@example.com")
    return Made(EmailConfirmation.objects.create(email_address=address, sent=at, key=uuid4().hex), user.public_id)


@maker("recovery_codes")
def _recovery_code(at: datetime) -> Made:
    user = factories.make_user()
    return Made(RecoveryCode.objects.create(user=user, digest="x", used_at=at), user.public_id)


@maker("duty_shifts")
def _shift(at: datetime) -> Made:
    user = factories.make_staff(duties=[])
    row = DutyShift.objects.create(user=user, duty=Duty.SUPPORT, begins_at=at - 8 * HOUR, ends_at=at)
    return Made(row, user.public_id)


@maker("sessions")
def _session(at: datetime) -> Made:
    return Made(Session.objects.create(session_key=uuid4().hex, session_data="", expire_date=at))


@maker("session_list")
def _device(at: datetime) -> Made:
    user = factories.make_user()
    row = UserSession.objects.create(user=user, session_key=uuid4().hex, ip="127.0.0.1")
    return Made(dated(row, last_seen_at=at), user.public_id)


@maker("admin_log")
def _log(at: datetime) -> Made:
    user = factories.make_staff(duties=[])
    row = LogEntry.objects.create(user=user, action_flag=CHANGE, object_repr="x", action_time=at)
    return Made(row, user.public_id)


@maker("guardianships")
def _guardianship(at: datetime) -> Made:
    child = factories.make_child(factories.make_user())
    return Made(dated(Guardianship.objects.get(child=child), status="ended", ended_at=at), child.public_id)


@maker("ending_requests")
def _ending_request(at: datetime) -> Made:
    parent = factories.make_parent()
    row = EndingRequest.objects.create(
        guardianship=parent.guardianships.get(), asked_by=parent, outcome="kept", answered_at=at
    )
    return Made(row, parent.public_id)


@maker("invitations")
def _invitation(at: datetime) -> Made:
    parent = factories.make_parent()
    child = parent.children.get()
    row = Invitation.objects.create(
        kind="guardian",
        child=child,
        invited_by=parent,
        token_digest=uuid4().hex,
        code_digest=uuid4().hex,
        expires_at=at + 5 * HOUR,
        revoked_at=at,
    )
    return Made(row, child.public_id)


@maker("screen_time")
def _screen_time(at: datetime) -> Made:
    child = factories.make_child()
    return Made(ScreenTime.objects.create(child=child, day=at.date(), minutes=40, last_seen_at=at), child.public_id)


@maker("complaints")
def _complaint(at: datetime) -> Made:
    user = factories.make_user()
    filed = file_complaint(topic="seen", items=[], what_happened="有人看到了", complainant=user)
    return Made(dated(filed.complaint, closed_at=at, status="closed"), user.public_id)


@maker("council_proposals")
def _council_proposal(at: datetime) -> Made:
    teen = factories.make_teen()
    row = propose_question(text="能不能换一个颜色？", proposed_by=teen)
    return Made(dated(row, answered_at=at, status="not_now"), teen.young_profile.public_id)


@maker("retention_runs")
def _run(at: datetime) -> Made:
    return Made(RetentionRun.objects.create(due_at=at, started_at=at, finished_at=at))


@maker("legal_holds")
def _hold(at: datetime) -> Made:
    staff = factories.make_staff()
    row = LegalHold.objects.create(subject_id=uuid4(), reason="纠纷", set_by=staff, released_by=staff, released_at=at)
    return Made(row, row.subject_id)


@maker("consents")
def _consent(at: datetime) -> Made:
    parent = factories.make_parent()
    child = parent.children.get()
    row = Consent.objects.create(
        child=child,
        grantee_kind=GranteeKind.PERSON,
        grantee_id=uuid4(),
        grantee_label="示例",
        items=["score"],
        purpose="care",
        valid_from=at - 90 * 24 * HOUR,
        valid_until=at + 90 * 24 * HOUR,
        needs=[GivenAs.GUARDIAN],
        text_version="1",
    )
    for kind, moment in ((ConsentEventKind.GRANTED, at - HOUR), (ConsentEventKind.REVOKED, at)):
        ConsentEvent.objects.create(consent=row, kind=kind, given_as=GivenAs.GUARDIAN, by=parent, at=moment)
    return Made(row, child.public_id)


@maker("safety_overrides")
def _override(at: datetime) -> Made:
    child = factories.make_child()
    one, two, three = (factories.make_staff(duties=[]) for _ in range(3))
    row = SafetyOverride.objects.create(
        child=child,
        items=["score"],
        reason="担心",
        hours=2,
        opened_by=one,
        opened_at=at - 9 * HOUR,
        approved_by=two,
        approved_at=at - 8 * HOUR,
        expires_at=at - 6 * HOUR,
        review_due_at=at + HOUR,
        reviewed_by=three,
        reviewed_at=at,
    )
    return Made(row, child.public_id)


@maker("data_requests")
def _request(at: datetime) -> Made:
    user = factories.make_user()
    row = DataRequest.objects.create(
        kind="export", state="done", user=user, subject_id=user.public_id, asked_by=user, finished_at=at
    )
    return Made(row, user.public_id)


@maker("erasure_certificates")
def _certificate(at: datetime) -> Made:
    row = ErasureCertificate.objects.create(number=uuid4().hex[:20], issued_at=at, body={}, sha256="0" * 64)
    return Made(row)


@maker("bookings")
def _booking(at: datetime) -> Made:
    parent = factories.make_parent()
    booking = factories.make_booking(
        child=parent.children.get(), booked_by=parent, starts_at=at - HOUR, status=BookingStatus.FULFILLED
    )
    Occupancy.objects.filter(pk=booking.occupancy_id).update(starts_at=at - HOUR, ends_at=at, busy_until=at)
    return Made(booking, booking.child.public_id)


@maker("released_bookings")
def _released_booking(at: datetime) -> Made:
    made = _booking(at - 40 * 24 * HOUR)
    dated(made.row, status=BookingStatus.CANCELLED, cancelled_by=CancelledBy.EXPIRY, cancelled_at=at)
    return made


@maker("baskets")
def _basket(at: datetime) -> Made:
    user = factories.make_user()
    return Made(dated(Basket.objects.create(owner=user), date_created=at), user.public_id)


def _order_at(at: datetime, **fields: Any) -> Order:
    """An order all of whose moments are long past but those given."""
    user = factories.make_parent()
    order = order_of(user, factories.make_goods(stock=3))
    return dated(order, date_placed=at - HOUR, expires_at=at - HOUR, **fields)


@maker("orders")
def _order(at: datetime) -> Made:
    order = _order_at(at, status="cancelled", closed_at=at)
    return Made(order, order.user.public_id)


@maker("released_orders")
def _released_order(at: datetime) -> Made:
    order = _order_at(at, status="expired", closed_at=at)
    return Made(order, order.user.public_id)


@maker("entitlements")
def _entitlement(at: datetime) -> Made:
    user = factories.make_parent()
    pay(order_of(user, factories.make_course()))
    return Made(dated(Entitlement.objects.get(user=user), ended_at=at), user.public_id)


@maker("shipments")
def _shipment(at: datetime) -> Made:
    order = _order_at(at)
    row = Shipment.objects.create(order=order, partner=factories.make_partner(), status="delivered", delivered_at=at)
    return Made(row, order.user.public_id)


@maker("payments")
def _payment(at: datetime) -> Made:
    user = factories.make_user()
    row = PaymentIntent.objects.create(
        payable_kind="test", payable_id=1, amount_fen=100, buyer=user, expires_at=at, state="expired"
    )
    return Made(dated(row, created_at=at - HOUR), user.public_id)


@maker("payment_events")
def _event(at: datetime) -> Made:
    row = ProviderEvent.objects.create(gateway="alipay", event_id=uuid4().hex, kind="x", raw_body="{}")
    return Made(dated(row, received_at=at))


@maker("payment_incidents")
def _incident(at: datetime) -> Made:
    row = PaymentIncident.objects.create(kind="unknown_trade", key=uuid4().hex, gateway="alipay", closed_at=at)
    return Made(row)


def is_kept(row: Model) -> bool:
    """Whether a row still says something: complaints leave their counts behind."""
    kept = type(row)._base_manager.filter(pk=row.pk)
    return kept.filter(erased_at=None).exists() if isinstance(row, Complaint) else kept.exists()


#: Chains are dropped by the day: tests of their own.
WITH_LIMIT = sorted(set(MAKERS))


@pytest.mark.parametrize("began_at", [LEAP_DAY, LEAP_DAY.replace(hour=0, minute=0, second=0)], ids=["leap", "midnight"])
@pytest.mark.parametrize("key", WITH_LIMIT)
def test_each_class_ends_at_its_limit(apply, key: str, began_at: datetime) -> None:
    made = MAKERS[key](began_at)
    period = BY_KEY[class_of(key).basis].period
    assert period
    over_at = period.over_at(began_at)

    before = apply(key, at=over_at - SECOND)
    assert is_kept(made.row)
    assert before.erased == 0

    after = apply(key, at=over_at)
    assert not is_kept(made.row)
    assert (after.found, after.erased, after.held_back) == (1, 1, 0)


@pytest.mark.parametrize("key", [key for key in WITH_LIMIT if class_of(key).subjects and key != "erasure_certificates"])
def test_a_hold_keeps_the_rows_of_its_person(apply, key: str) -> None:
    held, free = MAKERS[key](LEAP_DAY), MAKERS[key](LEAP_DAY)
    period = BY_KEY[class_of(key).basis].period
    assert period
    assert held.subject
    over_at = period.over_at(LEAP_DAY)
    hold = LegalHold.objects.create(subject_id=held.subject, reason="纠纷", set_by=factories.make_staff())

    line = apply(key, at=over_at)
    assert is_kept(held.row)
    assert not is_kept(free.row)
    assert (line.found, line.erased, line.held_back) == (2, 1, 1)
    assert line.oldest_left_at is not None
    assert line.oldest_left_at < over_at

    services.release_hold(hold_id=hold.pk, released_by=hold.set_by)
    if key == "legal_holds":
        return  # the hold that was just released is one of them
    assert apply(key, at=over_at).erased == 1
    assert not is_kept(held.row)


def test_every_class_is_tested_here() -> None:
    assert set(MAKERS) | {"access_events"} == {found.key for found in registered()}


def test_what_may_still_be_needed_stays(apply) -> None:
    """Open things have no limit: a pending booking, an open invitation, a printed code, an unpaid order with money on the way."""
    long_after = LEAP_DAY.replace(year=2040)
    child = factories.make_child(factories.make_user())
    kept = [
        dated(factories.make_booking(status=BookingStatus.PENDING, held_until=LEAP_DAY), created_at=LEAP_DAY),
        RecoveryCode.objects.create(user=factories.make_user(), digest="x", created_at=LEAP_DAY),
        Guardianship.objects.get(child=child),
        _order_at(LEAP_DAY, status="pending"),
    ]
    services.apply_retention(now=long_after)
    assert all(is_kept(row) for row in kept)
    assert User.objects.exists()
    assert Child.objects.exists()
    assert Booking.objects.exists()
    assert not RetentionLine.objects.exclude(error="").exists()
