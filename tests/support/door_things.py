"""The world before the doors: two sides that are strangers to one another, and the things their addresses name.

A door in marketplace/doors says `of="order"`; here stands how such a thing is made for a person. A new kind of thing gets
one function below, named by `@thing("...")`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode
from uuid import UUID, uuid4

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from catalog.basket.models import Line as BasketLine
from catalog.basket.services import put_product_in_basket
from catalog.browse.services import refresh_listings
from catalog.consultations.services import raise_emergency
from catalog.credits.models import CreditGrant
from catalog.fulfilment.enums import ShipmentStatus
from catalog.fulfilment.models import Shipment
from catalog.order.enums import ProposalState
from catalog.order.models import Line as OrderLine
from catalog.order.models import Order, OrderQuestion, RefundProposal
from catalog.partner.enums import OrganisationType
from catalog.returns.models import ReturnRequest
from catalog.scheduling.enums import FeedKind
from catalog.scheduling.models import (
    AvailabilityException,
    BookingSeries,
    BusyCalendar,
    HealthcareService,
    Occupancy,
    Provider,
    Room,
    WeeklyAvailability,
)
from catalog.scheduling.services import open_feed
from catalog.vouchers.services import open_share_link
from cms.community.enums import UnmaskingReason
from cms.community.models import Claim, HoldMode
from cms.community.services import unmasking, writing
from cms.content.models import Item
from cms.wellbeing.confidants import Confidant
from cms.wellbeing.models import (
    CheckInPlan,
    CheckInPrompt,
    CopingPlan,
    DiaryEntry,
    EarlierPlan,
    EntryShare,
    PracticeRun,
)
from cms.wellbeing.services.diary import write_page
from cms.wellbeing.services.diary_sharing import share_page
from cms.wellbeing.services.moods import record_mood
from marketplace.accounts.enums import Duty, Role
from marketplace.accounts.models import DutyShift, User
from marketplace.consent.complaints.models import Complaint
from marketplace.consent.complaints.services import file_complaint
from marketplace.consent.council.models import Question
from marketplace.consent.council.services import propose_question
from marketplace.consent.enums import GivenAs, Purpose
from marketplace.consent.models import Consent
from marketplace.consent.retention.services import set_hold
from marketplace.consent.rights import services as rights
from marketplace.consent.rights.certificates import issue_certificate
from marketplace.consent.rights.enums import Fact, RequestKind, RequestState
from marketplace.consent.rights.models import DataRequest
from marketplace.doors.kinds import Visitor
from marketplace.families import services as families
from marketplace.families.models import Child
from marketplace.notifications.services import notify
from marketplace.safeguarding.concerns.services import open_concern
from marketplace.safeguarding.enums import Kind, Level, Source
from marketplace.safeguarding.letters.services import write_letter
from marketplace.safeguarding.reports.services import Filed as FiledReport
from marketplace.safeguarding.reports.services import file_report
from payments.books.enums import DecisionAbout, DecisionState, DifferenceKind, Resolution
from payments.books.models import BookedBill, Decision, Difference, SuspenseReturn
from payments.disputes.models import Dispute
from payments.enums import IncidentKind, RefundReason, RefundState
from payments.fapiao.enums import TitleKind
from payments.fapiao.services import Title, ask_fapiao
from payments.grants.enums import MoneyFrom
from payments.grants.models import Fund
from payments.grants.services import FundPlan, ask_allocation, ask_to_spend, open_fund
from payments.models import PaymentAttempt, PaymentIncident, Refund
from payments.requests.models import PaymentRequest
from payments.requests.services import Ask, link_of
from payments.selectors import latest_intent_of
from payments.settlement.selectors import account_under_change, statements_of
from payments.settlement.services import ask_account_change, draft_payout
from payments.subscriptions.enums import Benefit
from payments.subscriptions.models import Agreement, Plan, Subscription
from payments.subscriptions.services import publish_plan
from tests import factories
from tests.catalog.order import placed
from tests.catalog.order.placed import pay
from tests.factories import reading
from tests.factories.community import make_picture, make_post, make_topic
from tests.factories.consent import make_consent, make_override
from tests.factories.consultations import make_feedback, make_held_session
from tests.factories.council import make_question
from tests.factories.moderation import decide, make_case, make_moderator
from tests.factories.money import make_package, make_voucher
from tests.factories.plans import let_see_plans, make_plan, make_step, make_young_child
from tests.factories.rooms import make_session
from tests.factories.waitlist import make_entry, make_offer
from tests.payments.grants.made import PDF, make_allocation
from tests.payments.settlement.made import DETAILS as ACCOUNT
from tests.payments.settlement.made import earned, make_account, make_fees, stated

_ROLES = {
    Visitor.FAMILY: Role.FAMILY,
    Visitor.TEEN: Role.TEEN,
    Visitor.PRACTITIONER: Role.PRACTITIONER,
    Visitor.PARTNER_STAFF: Role.PARTNER_STAFF,
}
DUTIES = {Visitor(duty.value): duty for duty in Duty}


@dataclass(frozen=True)
class Thing:
    """What an address is about: its parameters, the row behind it, and what a form there sends."""

    kwargs: dict[str, Any] = field(default_factory=dict)
    row: Model | None = None
    query: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    is_open: bool = False  # its id is no secret: a provider's, a category's
    is_shared: bool = False  # everybody's, so nobody is a stranger to it


@dataclass
class Person:
    """One visitor of one side, with a browser and what is theirs. `marks` stand on nobody else's pages."""

    visitor: Visitor
    side: "Side"
    user: User | None
    client: Client
    child: Child | None = None
    things: dict[str, Thing] = field(default_factory=dict)
    marks: set[str] = field(default_factory=set)

    def thing(self, name: str) -> Thing:
        """Return this person's order, booking, ...; made when first asked for."""
        if name not in self.things:
            self.things[name] = RECIPES[name](self)
            if not self.things[name].is_open:
                self.marks |= {str(value) for value in self.things[name].kwargs.values() if len(str(value)) > 20}
        return self.things[name]


@dataclass
class Side:
    """A clinic with its people, and one person of every kind."""

    name: str
    partner: Any = None
    provider: Provider | None = None
    service: HealthcareService | None = None
    people: dict[Visitor, Person] = field(default_factory=dict)


Recipe = Callable[[Person], Thing]
RECIPES: dict[str, Recipe] = {}


def thing(name: str) -> Callable[[Recipe], Recipe]:
    """Name the function that makes one kind of thing."""

    def note(recipe: Recipe) -> Recipe:
        RECIPES[name] = recipe
        return recipe

    return note


def make_side(name: str) -> Side:
    """Make a clinic and one person of every kind, each signed in, all strangers to any other side."""
    side = Side(name)
    side.partner = factories.make_partner(organisation_type=OrganisationType.CLINIC)
    for visitor in Visitor:
        side.people[visitor] = _make_person(side, visitor)
    practitioner = side.people[Visitor.PRACTITIONER].user
    side.provider = factories.make_provider(partner=side.partner, user=practitioner)
    side.service = factories.make_service(side.provider)
    return side


def _make_person(side: Side, visitor: Visitor) -> Person:
    if visitor == Visitor.ANONYMOUS:
        return Person(visitor, side, None, browser())
    user = _make_user(side, visitor)
    mark = f"{side.name}-{visitor}-{user.pk}的孩子"
    if visitor == Visitor.TEEN:
        User.objects.filter(pk=user.pk).update(login_name=f"teen-{user.pk}")
        child = Child.objects.create(nickname=mark, born_on=date(timezone.localdate().year - 17, 1, 1), account=user)
    else:
        child = factories.make_child(user, nickname=mark)
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    person = Person(visitor, side, user, factories.signed_in(user, browser()), child)
    person.marks |= {mark, str(child.public_id), str(user.phone)}
    return person


def browser() -> Client:
    """A browser that takes note of a page that fails, as people's do."""
    return Client(raise_request_exception=False)


def _make_user(side: Side, visitor: Visitor) -> User:
    if visitor == Visitor.PARTNER_STAFF:
        return factories.make_partner_staff(side.partner)
    if visitor == Visitor.TEEN:
        return factories.make_user(role=Role.TEEN, login_name=f"door-{side.name}")
    if visitor in _ROLES:
        return factories.make_user(role=_ROLES[visitor])
    if visitor == Visitor.SUPERUSER:
        return factories.make_staff(duties=[], is_superuser=True)
    return factories.make_staff(duties=[DUTIES[visitor]] if visitor in DUTIES else [])


# --- public things -------------------------------------------------------------------------------------------
@thing("file")
def _file(person: Person) -> Thing:
    path = Path(settings.MEDIA_ROOT, "door-test.txt")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("door")
    return Thing({"path": path.name})


@thing("agreement")
def _agreement(person: Person) -> Thing:
    return Thing({"kind": "privacy"})


@thing("processing activity")
def _processing_activity(person: Person) -> Thing:
    return Thing({"activity": "booking"})


@thing("provider")
def _provider(person: Person) -> Thing:
    return Thing({"public_id": person.side.provider.public_id}, is_open=True)


@thing("product")
def _product(person: Person) -> Thing:
    product = person.side.service.product
    return Thing({"slug": product.slug, "pk": product.pk})


@thing("category")
def _category(person: Person) -> Thing:
    category = factories.make_category(slug="door-test")
    refresh_listings(product_ids=[person.side.service.product.pk])
    return Thing({"slug": category.slug})


@thing("gateway")
def _gateway(person: Person) -> Thing:
    return Thing({"gateway": "alipay"})


@thing("offer")
def _offer(person: Person) -> Thing:
    start = factories.shanghai(factories.next_weekday(2), 15)
    return Thing(query=urlencode({"service": person.side.service.pk, "start": start.isoformat()}), is_shared=True)


@thing("series offer")
def _series_offer(person: Person) -> Thing:
    service = factories.make_service(series_limit=4)
    start = factories.shanghai(factories.next_weekday(2), 15)
    return Thing(query=urlencode({"service": service.pk, "start": start.isoformat()}), is_shared=True)


@thing("goods")
def _goods(person: Person) -> Thing:
    return Thing(data={"product": factories.make_goods(stock=5).pk}, is_shared=True)


@thing("what can be saved")
def _what_can_be_saved(person: Person) -> Thing:
    return Thing(data={"keep": person.side.service.product.pk}, is_shared=True)


# --- a family's things -----------------------------------------------------------------------------------------
@thing("child")
def _child(person: Person) -> Thing:
    return Thing({"public_id": person.child.public_id}, person.child)


@thing("child with an account")
def _child_with_an_account(person: Person) -> Thing:
    child = factories.make_teen(person.user).young_profile
    return Thing({"public_id": child.public_id}, child)


@thing("own ask")
def _own_ask(person: Person) -> Thing:
    """What a young person asked to be paid; for anybody else, somebody else's."""
    teen = person.user if person.visitor == Visitor.TEEN else factories.make_teen()
    ask = _asked_by(teen)
    return Thing({"public_id": ask.public_id}, ask)


@thing("child's ask")
def _childs_ask(person: Person) -> Thing:
    guardian = factories.make_user() if person.visitor == Visitor.TEEN else person.user
    ask = _asked_by(factories.make_teen(guardian))
    return Thing({"public_id": ask.public_id}, ask)


@thing("payer's link")
def _payers_link(person: Person) -> Thing:
    """Whoever holds the link may look at it."""
    ask = _asked_by(factories.make_teen())
    return Thing({"token": link_of(ask)}, ask)


def _asked_by(teen: User) -> PaymentRequest:
    order = placed.order_of(teen, factories.make_course(), ask=Ask(to_all=True))
    return PaymentRequest.objects.get(intent=latest_intent_of("order", order.pk))


@thing("payment a child made")
def _payment_a_child_made(person: Person) -> Thing:
    guardian = factories.make_user() if person.visitor == Visitor.TEEN else person.user
    teen = factories.make_teen(guardian)
    with _old_enough_to_pay():
        order = placed.order_of(teen, factories.make_course())
    pay(order)
    intent = latest_intent_of("order", order.pk)
    intent.attempts.update(payer=teen)
    return Thing({"public_id": intent.public_id}, intent, data={"decision": "ratified"})


@thing("wish to invite")
def _wish_to_invite(person: Person) -> Thing:
    kind = "asks_guardian" if person.visitor == Visitor.TEEN else "guardian"
    return Thing({"public_id": person.child.public_id, "kind": kind}, person.child)


@thing("family invitation")
def _family_invitation(person: Person) -> Thing:
    """An invitation that somebody else sent; whoever holds the link may look at it."""
    parent = factories.make_parent()
    new = families.invite_guardian(invited_by=parent, child=parent.children.get())
    return Thing({"secret": new.token}, new.invitation)


@thing("own invitation")
def _own_invitation(person: Person) -> Thing:
    if person.visitor == Visitor.TEEN:
        new = families.ask_guardian(child=person.child, asked_by=person.user)
    else:
        new = families.invite_guardian(invited_by=person.user, child=person.child)
    return Thing({"public_id": new.invitation.public_id}, new.invitation)


@thing("second guardian")
def _second_guardian(person: Person) -> Thing:
    row = person.child.guardianships.create(guardian=factories.make_user(), invited_by=person.user)
    return Thing({"public_id": row.public_id}, row)


@thing("message")
def _message(person: Person) -> Thing:
    rows = notify(key=f"door:{person.user.pk}", recipient=person.user, body="一条消息", url="/me/")
    return Thing({"public_id": rows[0].public_id}, rows[0])


@contextmanager
def _old_enough_to_pay() -> Iterator[None]:
    """Beyond their cap young people ask a parent to pay; here they are to have an order of their own."""
    with patch("catalog.order.services.placing.self_pay_left_fen", return_value=None):
        yield


def _bought(person: Person) -> Order:
    with _old_enough_to_pay():
        return placed.order_of(person.user, factories.make_course())


@thing("order")
def _order(person: Person) -> Thing:
    order = _bought(person)
    person.marks.add(order.number)
    return Thing({"public_id": order.public_id}, order, data={"body": "可以换一个时间吗？"})


@thing("payment")
def _payment(person: Person) -> Thing:
    intent = latest_intent_of("order", person.thing("order").row.pk)
    return Thing({"public_id": intent.public_id}, intent)


@thing("paid payment")
def _paid_payment(person: Person) -> Thing:
    intent = latest_intent_of("order", person.thing("course").row.order_line.order_id)
    return Thing({"public_id": intent.public_id}, intent)


@thing("plan agreement")
def _plan_agreement(person: Person) -> Thing:
    """One that is over: nobody's company is asked."""
    plan = Plan.objects.first() or publish_plan(
        code="door", name="家庭会员", name_en="", amount_fen=9_800, period_months=1, benefits=[Benefit.COURSES]
    )
    now = timezone.now()
    subscription, _ = Subscription.objects.get_or_create(
        user=person.user,
        plan=plan,
        defaults={"amount_fen": 9_800, "state": "ended", "ended_at": now, "ended_reason": "not_started"},
    )
    row, _ = Agreement.objects.get_or_create(
        subscription=subscription,
        defaults={
            "gateway": "alipay",
            "out_agreement_no": f"A{subscription.pk}",
            "state": "ended",
            "amount_fen": 9_800,
            "first_charge_on": now.date(),
            "ended_at": now,
        },
    )
    return Thing({"public_id": row.public_id}, row)


@thing("dispute")
def _dispute(person: Person) -> Thing:
    attempt = person.side.people[Visitor.FAMILY].thing("paid payment").row.settled_by
    row, _ = Dispute.objects.get_or_create(
        gateway="stripe",
        ref=f"du_{attempt.out_trade_no}",
        defaults={"attempt": attempt, "amount_fen": attempt.captured_fen, "heard_at": timezone.now()},
    )
    return Thing({"public_id": row.public_id}, row)


@thing("difference")
def _difference(person: Person) -> Thing:
    row, _ = Difference.objects.get_or_create(
        key=f"door:{person.side.name}",
        defaults={"gateway": "alipay", "day": timezone.localdate(), "kind": DifferenceKind.MISSING_HERE},
    )
    return Thing({"public_id": row.public_id}, row)


@thing("step of a decision")
def _decision(person: Person) -> Thing:
    """Somebody else's proposal; whoever looks after refunds may decline it."""
    row, _ = Decision.objects.get_or_create(
        about=DecisionAbout.REFUND,
        subject_key=person.thing("refund").row.out_refund_no,
        defaults={"resolution": Resolution.GIVEN_BY_HAND, "note": "示例", "proposed_by": factories.make_staff()},
    )
    return Thing({"public_id": row.public_id, "step": "decline"}, row)


@thing("bill")
def _bill(person: Person) -> Thing:
    row, _ = BookedBill.objects.get_or_create(gateway="alipay", day=timezone.localdate())
    return Thing({"pk": row.pk}, row)


@thing("incident")
def _incident(person: Person) -> Thing:
    """One whose money has gone back: there is nothing left to send, so nobody's company is asked."""
    attempt = person.side.people[Visitor.FAMILY].thing("paid payment").row.settled_by
    row, is_new = PaymentIncident.objects.get_or_create(
        key=f"door:{person.side.name}",
        defaults={"kind": IncidentKind.AMOUNT_MISMATCH, "gateway": attempt.gateway, "attempt": attempt},
    )
    if is_new:
        _given_back(attempt)
    return Thing({"pk": row.pk}, row)


def _given_back(attempt: PaymentAttempt) -> None:
    now = timezone.now()
    decision = Decision.objects.create(
        about=DecisionAbout.INCIDENT,
        subject_key=attempt.out_trade_no,
        resolution=Resolution.REFUND_SUSPENSE,
        note="示例",
        state=DecisionState.CONFIRMED,
        proposed_by=factories.make_staff(),
        decided_by=factories.make_staff(),
        decided_at=now,
    )
    SuspenseReturn.objects.create(
        decision=decision,
        gateway=attempt.gateway,
        out_trade_no=attempt.out_trade_no,
        out_refund_no=f"S{attempt.out_trade_no[1:]}",
        amount_fen=attempt.captured_fen,
        state=RefundState.SUCCEEDED,
        finished_at=now,
    )


@thing("refund")
def _refund(person: Person) -> Thing:
    attempt = person.side.people[Visitor.FAMILY].thing("paid payment").row.settled_by
    row, _ = Refund.objects.get_or_create(
        attempt=attempt,
        key=f"door:{attempt.out_trade_no}",
        defaults={
            "out_refund_no": f"D{attempt.out_trade_no[1:]}",
            "amount_fen": 1,
            "reason": RefundReason.GOODWILL,
            "state": RefundState.NEEDS_MANUAL,
        },
    )
    return Thing({"public_id": row.public_id}, row)


@thing("fapiao")
def _fapiao(person: Person) -> Thing:
    intent = person.thing("paid payment").row
    title = Title(TitleKind.PERSONAL, f"{person.side.name}的抬头", "", "fapiao@example.com")
    fapiao = ask_fapiao(intent=intent, asked_by=person.user, title=title)
    return Thing({"public_id": fapiao.public_id}, fapiao)


@thing("calendar feed")
def _calendar_feed(person: Person) -> Thing:
    feed, secret = open_feed(person=person.user, kind=FeedKind.FAMILY)
    return Thing({"secret": secret}, feed)


@thing("booking")
def _booking(person: Person) -> Thing:
    booking = _booked(person, factories.make_service())
    return Thing({"public_id": booking.public_id}, booking)


def _booked(person: Person, service: HealthcareService):
    """A booking with its paid order line."""
    order = _bought(person)
    pay(order)
    # A child is never in two places: each Saturday has one.
    starts_at = factories.shanghai(factories.next_weekday(5), 10) + timedelta(weeks=person.child.bookings.count())
    booking = factories.make_booking(service=service, child=person.child, booked_by=person.user, starts_at=starts_at)
    line = order.lines.get()
    line.booking, line.child = booking, person.child
    line.save(update_fields=["booking", "child"])
    return booking


@thing("paid series")
def _paid_series(person: Person) -> Thing:
    booking = person.thing("booking").row
    booking.series = BookingSeries.objects.create(booked_by=person.user)
    booking.save(update_fields=["series"])
    return Thing({"public_id": booking.series.public_id}, booking.series)


@thing("session to come")
def _session_to_come(person: Person) -> Thing:
    """One that begins in some hours: a young person may be asked about it now."""
    starts_at = timezone.now() + timedelta(hours=3)
    booking = factories.make_booking(
        service=factories.make_service(), child=person.child, booked_by=person.user, starts_at=starts_at
    )
    return Thing({"public_id": booking.public_id}, booking)


@thing("session now")
def _session_now(person: Person) -> Thing:
    """One by video that begins in some minutes."""
    booking = make_session(child=person.child, booked_by=person.user)
    return Thing({"public_id": booking.occupancy.public_id}, booking, data={"place": "家里"})


@thing("session given now")
def _session_given_now(person: Person) -> Thing:
    """The one that the side's provider gives, the same for everybody who works there."""
    giver = person.side.people[Visitor.PRACTITIONER]
    if "session here now" not in giver.things:
        booking = make_session(service=person.side.service)
        giver.things["session here now"] = Thing(
            {"public_id": booking.occupancy.public_id}, booking, data={"booking": str(booking.public_id)}, is_open=True
        )
    return giver.things["session here now"]


@thing("session held")
def _session_held(person: Person) -> Thing:
    booking = make_held_session(person.child, person.user)
    return Thing({"public_id": booking.public_id}, booking, data={"rating": "4"})


@thing("feedback")
def _feedback(person: Person) -> Thing:
    """Words that wait to be read. Of staff, somebody else's: they read them all."""
    given = make_feedback(make_held_session(person.child, person.user, days_ago=5), person.user, words="孩子愿意再去")
    return Thing({"public_id": given.public_id}, given, data={"act": "publish"})


@thing("product said something about")
def _product_said_something_about(person: Person) -> Thing:
    return Thing({"pk": person.side.service.product.pk}, is_open=True)


@thing("course")
def _course(person: Person) -> Thing:
    order = _bought(person)
    pay(order)
    entitlement = person.user.entitlements.latest("pk")
    return Thing({"public_id": entitlement.public_id}, entitlement)


@thing("credits")
def _credits(person: Person) -> Thing:
    package = make_package(person.side.service)
    with _old_enough_to_pay():
        order = placed.order_of(person.user, package.product)
    pay(order)
    grant = CreditGrant.objects.get(order_line__order=order)
    return Thing({"public_id": grant.public_id}, grant)


@thing("line of goods")
def _line_of_goods(person: Person) -> Thing:
    line = _sent_goods(person)
    return Thing({"line_id": line.pk}, line.order)


@thing("return")
def _return(person: Person) -> Thing:
    line = _sent_goods(person)
    row = ReturnRequest.objects.create(line=line, asked_by=person.user, refund_fen=line.price_fen)
    return Thing({"public_id": row.public_id}, row, data={"carrier": "示例快递", "tracking_number": "SF000"})


def _sent_goods(person: Person) -> OrderLine:
    """A line of the side's clinic whose parcel has left."""
    goods = factories.make_goods(stock=5, partner=person.side.partner)
    with _old_enough_to_pay():
        order = placed.order_of(person.user, goods)
    pay(order)
    Shipment.objects.filter(order=order).update(status=ShipmentStatus.SHIPPED, shipped_at=timezone.now())
    return order.lines.get()


@thing("shared link")
def _shared_link(person: Person) -> Thing:
    """Whoever holds the link may look at it, and learns nothing of whose it is."""
    link = open_share_link(owner=factories.make_parent())
    return Thing({"code": link.code}, link, is_open=True)


@thing("refund proposal")
def _refund_proposal(person: Person) -> Thing:
    line = person.side.people[Visitor.FAMILY].thing("course").row.order_line
    row, _ = RefundProposal.objects.get_or_create(
        line=line, state=ProposalState.WAITING,
        defaults={"amount_fen": 1, "note": "示例", "asked_by": factories.make_staff()},
    )  # fmt: skip
    return Thing({"public_id": row.public_id}, row)


@thing("voucher")
def _voucher(person: Person) -> Thing:
    row = make_voucher()
    return Thing({"pk": row.pk}, row)


@thing("lesson")
def _lesson(person: Person) -> Thing:
    course = person.thing("course")
    return Thing(course.kwargs | {"position": 1}, course.row)


@thing("course to open")
def _course_to_open(person: Person) -> Thing:
    """The course that is theirs; what is sent names the product, so a stranger's opens nothing."""
    row = person.thing("course").row
    return Thing(row=row, data={"product": row.product_id})


# --- a clinic's things -------------------------------------------------------------------------------------------
@thing("client's booking")
def _clients_booking(person: Person) -> Thing:
    """One booking at the side's clinic, the same for everybody who works there."""
    family = person.side.people[Visitor.FAMILY]
    if "booking here" not in family.things:
        booking = _booked(family, person.side.service)
        family.marks.add(str(booking.public_id))
        family.things["booking here"] = Thing(
            {"public_id": booking.public_id}, booking, data={"attended": "yes"}, is_open=True
        )
    return family.things["booking here"]


@thing("service")
def _service(person: Person) -> Thing:
    return Thing({"pk": person.side.service.pk}, person.side.service)


@thing("own provider")
def _own_provider(person: Person) -> Thing:
    return Thing({"public_id": person.side.provider.public_id}, person.side.provider, is_open=True)


@thing("weekly hours")
def _weekly_hours(person: Person) -> Thing:
    provider = person.side.provider
    row, _ = WeeklyAvailability.objects.get_or_create(
        provider=provider, weekday=0, from_time=time(19), defaults={"to_time": time(20)}
    )
    return Thing({"public_id": provider.public_id, "pk": row.pk}, row, is_open=True)


@thing("session here")
def _session_here(person: Person) -> Thing:
    booking = person.thing("client's booking").row
    return Thing({"public_id": booking.occupancy.public_id}, booking, is_open=True)


@thing("group here")
def _group_here(person: Person) -> Thing:
    """A date of a group that the side's provider gives, with one of the side's children in it."""
    family = person.side.people[Visitor.FAMILY]
    if "group here" not in family.things:
        session = factories.make_group_occupancy(
            factories.make_group_service(person.side.provider), starts_at=timezone.now() + timedelta(days=25)
        )
        factories.make_booking(occupancy=session, child=family.child, booked_by=family.user)
        family.things["group here"] = Thing({"public_id": session.public_id}, session, is_open=True)
    return family.things["group here"]


@thing("family waiting here")
def _family_waiting_here(person: Person) -> Thing:
    family = person.side.people[Visitor.FAMILY]
    if "family waiting here" not in family.things:
        entry = make_entry(service=person.side.service, joined_by=family.user, children=[family.child])
        family.marks.add(str(entry.public_id))
        family.things["family waiting here"] = Thing(
            {"public_id": entry.public_id}, entry, data={"band": "1"}, is_open=True
        )
    return family.things["family waiting here"]


@thing("busy calendar")
def _busy_calendar(person: Person) -> Thing:
    provider = person.side.provider
    row = BusyCalendar.objects.filter(provider=provider).first() or BusyCalendar.objects.create(
        provider=provider, label="示例", address="https://calendar.example.org/private.ics"
    )
    return Thing({"public_id": provider.public_id, "calendar_id": row.public_id}, row, is_open=True)


def _room_of(side: Side) -> Room:
    location = side.partner.locations.first() or factories.make_location(side.partner)
    return Room.objects.get_or_create(location=location, name="示例房间")[0]


@thing("own room")
def _own_room(person: Person) -> Thing:
    row = _room_of(person.side)
    return Thing({"public_id": row.public_id}, row, is_open=True)


@thing("kept room")
def _kept_room(person: Person) -> Thing:
    room, starts_at = _room_of(person.side), timezone.now() + timedelta(days=20)
    row = Occupancy.objects.filter(room=room, kind="blocked").first() or Occupancy.objects.create(
        provider=person.side.provider, location=room.location, room=room, kind="blocked",
        busy_from=starts_at, starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1), busy_until=starts_at + timedelta(hours=1),
    )  # fmt: skip
    return Thing({"public_id": row.public_id}, row, is_open=True)


@thing("exception")
def _exception(person: Person) -> Thing:
    provider, now = person.side.provider, timezone.now()
    row = AvailabilityException.objects.filter(provider=provider).first() or AvailabilityException.objects.create(
        provider=provider, starts_at=now + timedelta(days=20), ends_at=now + timedelta(days=21)
    )
    return Thing({"public_id": provider.public_id, "pk": row.pk}, row, is_open=True)


@thing("shipment")
def _shipment(person: Person) -> Thing:
    order = person.side.people[Visitor.FAMILY].thing("order").row
    row, _ = Shipment.objects.get_or_create(order=order, partner=person.side.partner)
    return Thing({"public_id": row.public_id}, row, data={"carrier": "示例快递", "tracking_number": "SF000"})


@thing("parcel")
def _parcel(person: Person) -> Thing:
    """A parcel on its way to the person."""
    row, _ = Shipment.objects.get_or_create(
        order=person.thing("order").row,
        partner=factories.make_partner(),
        defaults={"status": ShipmentStatus.SHIPPED, "shipped_at": timezone.now()},
    )
    return Thing({"public_id": row.public_id}, row)


@thing("return here")
def _return_here(person: Person) -> Thing:
    """Goods of the side's clinic that its family sends back."""
    row = person.side.people[Visitor.FAMILY].thing("return").row
    return Thing({"public_id": row.public_id}, row, data={"send_to": "示例路 1 号", "refusal": "和寄出时不一样"})


# --- our staff's things ----------------------------------------------------------------------------------------------
@thing("wish to end")
def _wish_to_end(person: Person) -> Thing:
    family = person.side.people[Visitor.FAMILY]
    if "wish to end" not in family.things:
        row = family.child.guardianships.create(guardian=factories.make_user())
        asked = families.ask_to_end_guardianship(user=family.user, public_id=row.public_id)
        family.things["wish to end"] = Thing({"public_id": asked.public_id}, asked, data={"outcome": "kept"})
    return family.things["wish to end"]


@thing("question")
def _question(person: Person) -> Thing:
    family = person.side.people[Visitor.FAMILY]
    order = family.thing("order").row
    row, _ = OrderQuestion.objects.get_or_create(order=order, asked_by=family.user, defaults={"body": "可以改期吗？"})
    return Thing({"public_id": row.public_id}, row, data={"answer": "可以。"})


@thing("shift")
def _shift(person: Person) -> Thing:
    now = timezone.now()
    row = DutyShift.objects.filter(begins_at__gt=now).first() or DutyShift.objects.create(
        user=person.side.people[Visitor.STAFF].user,
        duty=Duty.SUPPORT,
        begins_at=now + timedelta(days=1),
        ends_at=now + timedelta(days=1, hours=8),
    )
    return Thing({"pk": row.pk}, row)


def _shown_to_a_hospital(person: Person, *agreed: GivenAs) -> Consent:
    """A consent that a young person and a guardian have a say in alike."""
    both = [GivenAs.TEEN, GivenAs.GUARDIAN]
    return make_consent(person.child, purpose=Purpose.REFERRAL, needs=both, agreed=agreed, granted_by=person.user)


@thing("consent")
def _consent(person: Person) -> Thing:
    row = _shown_to_a_hospital(person, GivenAs.TEEN, GivenAs.GUARDIAN)
    return Thing({"public_id": row.public_id}, row)


@thing("proposal")
def _proposal(person: Person) -> Thing:
    row = _shown_to_a_hospital(person)
    return Thing({"public_id": row.public_id}, row, data={"agrees": "yes"})


@thing("override")
def _override(person: Person) -> Thing:
    row = make_override(factories.make_child())
    review = {"agrees": "yes", "outcome": "justified", "note": "确实联系不上，处理及时"}
    return Thing({"public_id": row.public_id}, row, data=review)


@thing("emergency")
def _emergency(person: Person) -> Thing:
    booking = make_session()
    row = raise_emergency(booking_id=booking.public_id, raised_by=booking.occupancy.provider.user)
    return Thing({"public_id": row.public_id}, row)


@thing("urgent words")
def _urgent_words(person: Person) -> Thing:
    row = make_feedback(make_held_session(factories.make_child()), words="不想活了", sounds_urgent=True)
    return Thing({"public_id": row.public_id}, row)


def _complaint_of(user: User | None) -> Complaint:
    filed = file_complaint(topic="seen", items=[], what_happened="有人看到了我的预约", complainant=user)
    return filed.complaint


@thing("complaint")
def _complaint(person: Person) -> Thing:
    row = _complaint_of(person.user)
    return Thing({"public_id": row.public_id}, row, data={"text": "补充一句"})


@thing("concern")
def _concern(person: Person) -> Thing:
    row = open_concern(
        kind=Kind.SELF_HARM,
        level=Level.CONCERN,
        source=Source.LETTER,
        ref=str(uuid4()),
        author=None,
        child=factories.make_child(factories.make_user()),
    )
    return Thing({"public_id": row.public_id}, row, data={"text": "先打电话"})


@thing("report about a friend")
def _report_about_a_friend(person: Person) -> Thing:
    filed = _report_filed()
    return Thing({"token": filed.token}, filed.report, data={"text": "补充一句"})


@thing("report on the desk")
def _report_on_the_desk(person: Person) -> Thing:
    filed = _report_filed()
    return Thing({"public_id": filed.report.public_id}, filed.report, data={"text": "谢谢你告诉我们"})


def _report_filed() -> FiledReport:
    return file_report(worry="self_harm", how_soon="today", about="初二的一位同学", words="说不想来上学了")


@thing("complaint to look into")
def _complaint_to_look_into(person: Person) -> Thing:
    row = _complaint_of(None)
    return Thing({"public_id": row.public_id}, row, data={"text": "请补充时间"})


def _council_thing(question: Question) -> Thing:
    return Thing({"public_id": question.public_id}, question, data={"option": 1}, is_open=True, is_shared=True)


@thing("council question")
def _council_question(person: Person) -> Thing:
    return _council_thing(make_question())


@thing("council draft")
def _council_draft(person: Person) -> Thing:
    return _council_thing(make_question(is_published=False))


@thing("council proposal")
def _council_proposal(person: Person) -> Thing:
    teen = person.user if person.visitor == Visitor.TEEN else factories.make_teen()
    row = propose_question(text="能不能晚一点熄灯？", proposed_by=teen)
    return Thing({"public_id": row.public_id}, row)


@thing("council proposal to answer")
def _council_proposal_to_answer(person: Person) -> Thing:
    row = propose_question(text="能不能早一点开门？", proposed_by=factories.make_teen())
    return Thing({"public_id": row.public_id}, row, data={"status": "not_now", "answer": "谢谢你。"})


@thing("hold")
def _hold(person: Person) -> Thing:
    child = factories.make_child()
    row = set_hold(subject_id=child.public_id, reason="纠纷", set_by=person.side.people[Visitor.PRIVACY].user)
    return Thing({"public_id": row.public_id}, row)


@thing("data subject")
def _data_subject(person: Person) -> Thing:
    return Thing({"subject": person.user.public_id}, person.user)


@thing("data request")
def _data_request(person: Person) -> Thing:
    row = rights.ask_for_correction(
        asker=person.user, subject_id=person.user.public_id, fact=Fact.OTHER, proposal="少了一个字"
    )
    return Thing({"public_id": row.public_id}, row)


@thing("copy of one's data")
def _copy(person: Person) -> Thing:
    row = rights.ask_for_copy(asker=person.user, subject_id=person.user.public_id)
    rights.run_request(request_id=row.pk, now=timezone.now())
    return Thing({"public_id": row.public_id}, row)


@thing("erasure")
def _erasure(person: Person) -> Thing:
    now = timezone.now()
    fields = {"kind": RequestKind.ERASE, "state": RequestState.DONE, "subject_id": uuid4()}
    row = DataRequest.objects.create(asked_by=person.user, asked_at=now, finished_at=now, **fields)
    issue_certificate(row, now=now)
    return Thing({"public_id": row.public_id}, row)


@thing("correction")
def _correction(person: Person) -> Thing:
    family = person.side.people[Visitor.FAMILY]
    request = rights.ask_for_correction(
        asker=family.user, subject_id=family.child.public_id, fact=Fact.OTHER, proposal="名字错了"
    )
    row = request.correction
    return Thing({"public_id": row.public_id}, row, data={"decision": "accept", "answer": "已经改好。"})


@thing("stuck request")
def _stuck_request(person: Person) -> Thing:
    fields = {"kind": RequestKind.EXPORT, "state": RequestState.FAILED, "subject_id": uuid4()}
    row = DataRequest.objects.create(**fields)
    return Thing({"public_id": row.public_id}, row)


# --- partners' money ------------------------------------------------------------------------------------------------------
@thing("published rules")
def _published_rules(person: Person) -> Thing:
    return Thing({"number": make_fees().number}, is_open=True, is_shared=True)


@thing("draft of the rules")
def _draft_of_the_rules(person: Person) -> Thing:
    row = make_fees(valid_from=timezone.now() + timedelta(days=9), published=False)
    return Thing({"public_id": row.public_id}, row)


@thing("payee")
def _payee(person: Person) -> Thing:
    return Thing({"payee": earned(50_000).payee})


@thing("payout")
def _payout(person: Person) -> Thing:
    payee = earned(50_000).payee
    stated(payee)
    make_account(payee)
    row = draft_payout(payee=payee, drafted_by=person.side.people[Visitor.FINANCE].user)
    return Thing({"public_id": row.public_id}, row, data={"reference": "B1", "arrived": "yes"})


@thing("step of a payout")
def _step_of_a_payout(person: Person) -> Thing:
    return Thing({**_payout(person).kwargs, "step": "withdraw"})


@thing("step of an account")
def _step_of_an_account(person: Person) -> Thing:
    row = ask_account_change(payee=uuid4(), details=ACCOUNT, asked_by=factories.make_user())
    return Thing({"public_id": row.public_id, "step": "confirm"}, row)


@thing("own account change")
def _own_account_change(person: Person) -> Thing:
    payee = person.side.partner.public_id
    row = account_under_change(payee) or ask_account_change(
        payee=payee, details=ACCOUNT, asked_by=person.side.people[Visitor.PARTNER_STAFF].user
    )
    return Thing({"public_id": row.public_id}, row)


@thing("statement")
def _statement(person: Person) -> Thing:
    payee = person.side.partner.public_id
    earned(50_000, payee=payee)
    row = stated(payee) or statements_of(payee).get()
    return Thing({"public_id": row.public_id}, row)


def _fund_of(payee: UUID, person: Person) -> Fund:
    today = timezone.localdate()
    plan = FundPlan(payee, "活动", 100_000, today, today + timedelta(days=30))
    fund = open_fund(plan=plan, opened_by=person.side.people[Visitor.FINANCE].user)
    make_allocation(fund, 50_000)
    return fund


def _spend_request_of(fund: Fund, person: Person) -> Thing:
    row = ask_to_spend(
        fund=fund,
        amount_fen=1_000,
        purpose="水果",
        evidence=PDF,
        asked_by=person.side.people[Visitor.PARTNER_STAFF].user,
    )
    return Thing({"public_id": row.public_id}, row, data={"say": "no", "answer": "请补一张发票。"})


@thing("fund")
def _fund(person: Person) -> Thing:
    row = _fund_of(uuid4(), person)
    return Thing({"public_id": row.public_id}, row)


@thing("allocation")
def _allocation(person: Person) -> Thing:
    row = ask_allocation(
        fund=_fund_of(uuid4(), person),
        amount_fen=1_000,
        money_from=MoneyFrom.DONATION,
        asked_by=factories.make_staff(duties=[]),
    )
    return Thing({"public_id": row.public_id}, row, data={"say": "no"})


@thing("spend request")
def _spend_request(person: Person) -> Thing:
    return _spend_request_of(_fund_of(uuid4(), person), person)


@thing("own fund")
def _own_fund(person: Person) -> Thing:
    row = _fund_of(person.side.partner.public_id, person)
    return Thing({"public_id": row.public_id}, row)


@thing("own spend request")
def _own_spend_request(person: Person) -> Thing:
    return _spend_request_of(_fund_of(person.side.partner.public_id, person), person)


# --- last, because whatever lies in a basket goes into the next order ---------------------------------------------------
@thing("service to wait for")
def _service_to_wait_for(person: Person) -> Thing:
    return Thing({"service_id": person.side.service.pk}, is_shared=True)


@thing("place in a queue")
def _place_in_a_queue(person: Person) -> Thing:
    entry = make_entry(service=factories.make_service(), joined_by=person.user, children=[person.child])
    return Thing({"public_id": entry.public_id}, entry)


@thing("time kept")
def _time_kept(person: Person) -> Thing:
    entry = make_entry(service=factories.make_service(), joined_by=person.user, children=[person.child])
    offer = make_offer(entry)
    return Thing({"public_id": offer.public_id}, offer)


@thing("care plan")
def _care_plan(person: Person) -> Thing:
    """Of a child whose family sees it: from 14 on the young person alone."""
    child = person.child if person.visitor == Visitor.TEEN else make_young_child(person.user)
    plan = make_plan(child)
    return Thing({"public_id": plan.public_id}, plan)


@thing("step to book")
def _step_to_book(person: Person) -> Thing:
    step = make_step(person.thing("care plan").row, service=factories.make_service())
    return Thing({"public_id": step.public_id}, step)


@thing("own care plan")
def _own_care_plan(person: Person) -> Thing:
    """One by the side's provider, which the family shows them."""
    child = make_young_child(factories.make_user())
    let_see_plans(child, person.side.provider)
    plan = make_plan(child, person.side.provider)
    return Thing({"public_id": plan.public_id}, plan)


@thing("goal of a plan")
def _goal_of_a_plan(person: Person) -> Thing:
    goal = person.thing("own care plan").row.goals.get()
    return Thing({"public_id": goal.plan.public_id, "part_id": goal.public_id}, goal)


@thing("step of a plan")
def _step_of_a_plan(person: Person) -> Thing:
    step = person.thing("own care plan").row.steps.first()
    return Thing({"public_id": step.plan.public_id, "part_id": step.public_id}, step, data={"to": "up"})


@thing("basket line")
def _basket_line(person: Person) -> Thing:
    with _old_enough_to_pay():
        put_product_in_basket(user=person.user, product=factories.make_goods(stock=5))
    line = BasketLine.objects.filter(basket__owner=person.user).latest("pk")
    return Thing({"line_id": line.pk}, line, data={"quantity": 2})


# --- practices, small games, the coping plan -----------------------------------------------------------------
@thing("skill")
def _skill(person: Person) -> Thing:
    return Thing({"slug": "breathing"}, is_open=True)


@thing("practice done")
def _practice_done(person: Person) -> Thing:
    return Thing({"slug": "breathing"}, is_shared=True, data={"before": "6", "after": "4"})


@thing("small game")
def _small_game(person: Person) -> Thing:
    return Thing({"slug": "trains"}, is_open=True)


@thing("time played")
def _time_played(person: Person) -> Thing:
    return Thing(data={"seconds": "5"}, is_shared=True)


@thing("kept practice")
def _kept_practice(person: Person) -> Thing:
    row = PracticeRun.objects.create(owner=person.user, practice="breathing", felt={"before": 6, "after": 4})
    return Thing({"public_id": row.public_id}, row)


@thing("coping plan")
def _coping_plan(person: Person) -> Thing:
    return Thing(data={"signs": "手心出汗", "revision": "0"}, is_shared=True)


@thing("earlier plan")
def _earlier_plan(person: Person) -> Thing:
    sections = {"signs": "手心出汗"}
    plan = CopingPlan.objects.get_or_create(owner=person.user, defaults={"sections": sections})[0]
    number = plan.earlier.count() + 1
    row = EarlierPlan.objects.create(plan=plan, sections=sections, revision=number, saved_at=timezone.now())
    CopingPlan.objects.filter(pk=plan.pk).update(revision=number + 1)
    return Thing({"public_id": row.public_id}, row)


# --- moods, the diary, check-ins and letters ------------------------------------------------------------------
def _keeper(person: Person) -> Child:
    """A young person's own profile: this person's, or for somebody else a new one's."""
    return person.child if person.visitor == Visitor.TEEN else factories.make_teen().young_profile


def _page_of(child: Child) -> DiaryEntry:
    return write_page(child=child, text="今天和同桌一起回家。").page


def _shown_to(user: User, child: Child, purpose: Purpose) -> EntryShare:
    confidant = Confidant(user, "妈妈", purpose)
    page = _page_of(child)
    with patch("cms.wellbeing.services.diary_sharing.confidants_of", return_value=[confidant]):
        return share_page(
            child=child, public_id=page.public_id, with_user=user.public_id, days=7, shared_by=child.account
        ).share


@thing("mood")
def _mood(person: Person) -> Thing:
    row = record_mood(child=_keeper(person), weather=4).mood
    return Thing({"public_id": row.public_id}, row, data={"weather": "3"})


@thing("diary page")
def _diary_page(person: Person) -> Thing:
    row = _page_of(_keeper(person))
    return Thing({"public_id": row.public_id}, row, data={"text": "改一改", "revision": "1"})


@thing("asking")
def _asking(person: Person) -> Thing:
    now = timezone.now()
    plan, _made = CheckInPlan.objects.get_or_create(child=_keeper(person), defaults={"times": [time(12, 20)]})
    row = CheckInPrompt.objects.create(plan=plan, due_at=now, told_at=now)
    return Thing({"public_id": row.public_id}, row, data={"weather": "3"})


@thing("shared page")
def _shared_page(person: Person) -> Thing:
    row = _shown_to(factories.make_user(), _keeper(person), Purpose.CARE)
    return Thing({"public_id": row.public_id}, row)


@thing("page shown to somebody")
def _page_shown(person: Person) -> Thing:
    teen = factories.make_teen(person.user)
    row = _shown_to(person.user, teen.young_profile, Purpose.GUARDIANSHIP)
    return Thing({"public_id": row.public_id}, row)


@thing("share to nod to")
def _share_to_nod_to(person: Person) -> Thing:
    teen = factories.make_teen(person.user, age=12)
    row = _shown_to(person.user, teen.young_profile, Purpose.GUARDIANSHIP)
    return Thing({"public_id": row.public_id}, row, data={"answer": "yes"})


@thing("letter")
def _letter(person: Person) -> Thing:
    may_write = person.visitor in (Visitor.FAMILY, Visitor.TEEN)
    writer = person.user if may_write else factories.make_teen()
    row = write_letter(writer=writer, office="ours", text="最近总是睡不好。").thread
    return Thing({"public_id": row.public_id}, row, data={"text": "再说一句"})


@thing("letter to answer")
def _letter_to_answer(person: Person) -> Thing:
    row = write_letter(writer=factories.make_teen(), office="ours", text="不知道怎么和同桌说话。").thread
    to = str(factories.make_staff(duties=[Duty.COUNSELLING]).public_id)
    return Thing({"public_id": row.public_id}, row, data={"text": "谢谢你写信来", "to": to, "kind": "self_harm"})


# --- the community -------------------------------------------------------------------------------------------
def _child_post(**fields: Any) -> Any:
    """A post for the youngest, which everybody may read."""
    return make_post(topic=make_topic(band="8-11"), **fields)


@thing("community topic")
def _community_topic(person: Person) -> Thing:
    topic = make_topic(band="8-11")
    return Thing({"slug": topic.slug}, topic, is_open=True, is_shared=True)


@thing("community thread")
def _community_thread(person: Person) -> Thing:
    row = _child_post()
    return Thing({"public_id": row.public_id}, row, is_open=True, is_shared=True)


@thing("community post")
def _community_post(person: Person) -> Thing:
    row = _child_post()
    return Thing({"kind": "post", "public_id": row.public_id}, row, is_open=True, is_shared=True)


@thing("community picture")
def _community_picture(person: Person) -> Thing:
    row = _child_post(picture=writing.Picture(make_picture(), "一棵树")).attachments.get()
    return Thing({"public_id": row.public_id}, row, is_open=True, is_shared=True)


@thing("own community post")
def _own_community_post(person: Person) -> Thing:
    row = make_post(person.user if person.visitor == Visitor.TEEN else factories.make_teen(age=16), shown=False)
    return Thing({"kind": "post", "public_id": row.public_id}, row)


@thing("own community draft")
def _own_community_draft(person: Person) -> Thing:
    teen = person.user if person.visitor == Visitor.TEEN else factories.make_teen(age=16)
    row = writing.draft_post(user=teen, topic=make_topic(), text="还没想好要不要说。")
    return Thing({"public_id": row.public_id}, row)


@thing("own community decision")
def _own_community_decision(person: Person) -> Thing:
    teen = person.user if person.visitor == Visitor.TEEN else factories.make_teen(age=16)
    row = decide(make_case(make_post(teen, shown=False)), make_moderator(), "decline")
    return Thing({"public_id": row.public_id}, row, data={"words": "请再看看"})


@thing("community case")
def _community_case(person: Person) -> Thing:
    row = make_case()
    return Thing({"public_id": row.public_id}, row, data={"template": "shown"})


@thing("community case in hand")
def _community_case_in_hand(person: Person) -> Thing:
    row = make_case(make_post(shown=False, picture=writing.Picture(make_picture(), "一棵树")))
    hand = person.user if person.visitor == Visitor.MODERATION else make_moderator()
    now = timezone.now()
    Claim.objects.create(case=row, moderator=hand, claimed_at=now, opened_at=now, expires_at=now + timedelta(hours=1))
    return Thing({"public_id": row.public_id}, row)


@thing("community hold")
def _community_hold(person: Person) -> Thing:
    row = HoldMode.objects.create(
        topic=None, cause="drill", is_drill=True, look_again_at=timezone.now() + timedelta(days=1)
    )
    return Thing({"public_id": row.public_id}, row, data={"words": "看过了"})


@thing("community question")
def _community_question(person: Person) -> Thing:
    row = unmasking.ask_who(
        asked_by=factories.make_staff(),
        writing=_child_post(),
        reason=UnmaskingReason.COURT,
        why="法院来函要求协助查明。",
    )
    return Thing({"public_id": row.public_id}, row, data={"grant": "1"})


# --- the library ----------------------------------------------------------------------------------------------
def _library_page(item: Item, **kwargs: Any) -> Thing:
    return Thing({"slug": item.slug, **kwargs}, item, is_open=True, is_shared=True)


@thing("library text")
def _library_text(person: Person) -> Thing:
    return _library_page(reading.make_text())


@thing("library course")
def _library_course(person: Person) -> Thing:
    return _library_page(reading.make_course())


@thing("library lesson")
def _library_lesson(person: Person) -> Thing:
    return _library_page(reading.make_course(), number=1)


@thing("library course for teachers")
def _library_course_for_teachers(person: Person) -> Thing:
    return _library_page(reading.make_teachers_course())


@thing("library collection")
def _library_collection(person: Person) -> Thing:
    collection = reading.make_collection(reading.make_text())
    return Thing({"slug": collection.slug}, collection, is_open=True, is_shared=True)


@thing("way to help")
def _way_to_help(person: Person) -> Thing:
    return Thing({"kind": "article"}, is_open=True, is_shared=True)


@thing("library certificate")
def _library_certificate(person: Person) -> Thing:
    certificate = reading.make_certificate(person.user or factories.make_user())
    return Thing({"public_id": certificate.public_id}, certificate)


from . import library_things  # noqa: E402, F401  (its recipes; it needs the names above)
