"""A family with a full life here: every place that can hold something about them holds a value nobody else has."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from catalog.basket.services import put_product_in_basket
from catalog.fulfilment.enums import ShipmentStatus
from catalog.fulfilment.models import Entitlement, LessonProgress, Shipment
from catalog.order.models import Order, OrderQuestion
from catalog.order.services import Address
from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import Occupancy
from marketplace.accounts.models import User
from marketplace.consent.enums import DataItem, GranteeKind, Purpose
from marketplace.consent.models import Consent, ConsentEvent
from marketplace.core.audit.services import record_access
from marketplace.families.models import Child, GuardianLimits, ScreenTime
from marketplace.notifications.services import notify
from tests import factories
from tests.catalog.order.placed import order_of, pay

ADDRESS = Address(recipient="收件甲乙丙", phone="13911112222", region="上海市 徐汇区", detail="种子路七弄八号")


@dataclass
class Life:
    """The people, and the values planted: what an export must hold, and what an erasure must leave nowhere."""

    parent: User
    child: Child
    order: Order
    of_parent: dict[str, str] = field(default_factory=dict)
    of_child: dict[str, str] = field(default_factory=dict)


def make_life(*, born_on: date | None = None, **fields: Any) -> Life:
    """A mother and a child of nine, with everything paid, held and delivered."""
    planted = {
        "phone": "13922334455",
        "email": "planted-mail@family.example",
        "nickname": "林种子妈妈",
        "contact": "联系人丁戊",
        "contact_phone": "13933445566",
        "note": "门口有一只橘猫请轻轻敲门",
        "question": "孩子最近睡不好可以改到晚上吗",
        "recipient": ADDRESS.recipient,
        "address": ADDRESS.detail,
        "message": "给您的一条种子消息",
        "device": "PlantedBrowser/7.7",
    }
    parent = factories.make_user(phone=f"+86{planted['phone']}", email=planted["email"], nickname=planted["nickname"])
    child = factories.make_child(
        parent, nickname="小种子芽", born_on=born_on or date(timezone.localdate().year - 9, 3, 4), **fields
    )
    life = Life(
        parent, child, _trade(parent, planted), planted, {"nickname": "小种子芽", "born_on": str(child.born_on)}
    )
    _sign_in_and_read(parent, planted)
    _family(life)
    _consent_and_looks(life)
    return life


def _trade(parent: User, planted: dict[str, str]) -> Order:
    service, course, toy = factories.make_service(), factories.make_course(), factories.make_goods(stock=3)
    order = order_of(
        parent,
        service,
        course,
        toy,
        contact_name=planted["contact"],
        contact_phone=planted["contact_phone"],
        note=planted["note"],
        address=ADDRESS,
    )
    pay(order)
    _put_in_the_past(order)
    entitlement = Entitlement.objects.get(user=parent)
    LessonProgress.objects.create(entitlement=entitlement, lesson=entitlement.product.lessons.first())
    Shipment.objects.filter(order=order).update(status=ShipmentStatus.DELIVERED, tracking_number="SF777")
    OrderQuestion.objects.create(order=order, asked_by=parent, body=planted["question"])
    put_product_in_basket(user=parent, product=factories.make_goods(stock=2))
    return order


def _put_in_the_past(order: Order) -> None:
    """The session was held last week."""
    for line in order.lines.filter(booking__isnull=False).select_related("booking__occupancy"):
        occupancy = line.booking.occupancy
        back = timedelta(days=14)
        Occupancy.objects.filter(pk=occupancy.pk).update(
            busy_from=occupancy.busy_from - back,
            starts_at=occupancy.starts_at - back,
            ends_at=occupancy.ends_at - back,
            busy_until=occupancy.busy_until - back,
        )
        type(line.booking).objects.filter(pk=line.booking.pk).update(status=BookingStatus.FULFILLED)


def _sign_in_and_read(parent: User, planted: dict[str, str]) -> None:
    from django.conf import settings

    EmailAddress.objects.create(user=parent, email=planted["email"], verified=True, primary=True)
    notify(key=f"planted:{uuid4()}", recipient=parent, subject="提醒", body=planted["message"])
    client = factories.signed_in(parent)
    assert client.session.session_key and settings.SESSION_ENGINE
    from allauth.usersessions.models import UserSession

    UserSession.objects.create(
        user=parent, ip="10.9.8.7", session_key=client.session.session_key, user_agent=planted["device"]
    )
    LogEntry.objects.create(
        user=factories.make_staff(),
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(parent.pk),
        object_repr=str(parent),
        action_flag=CHANGE,
        change_message="",
    )


def _family(life: Life) -> None:
    ScreenTime.objects.create(child=life.child, day=timezone.localdate(), minutes=37, last_seen_at=timezone.now())
    GuardianLimits.objects.create(child=life.child, daily_minutes=41, set_by=life.parent)


def _consent_and_looks(life: Life) -> None:
    now = timezone.now()
    consent = Consent.objects.create(
        child=life.child,
        grantee_kind=GranteeKind.ORGANISATION,
        grantee_id=uuid4(),
        grantee_label="种子咨询中心",
        items=[DataItem.PROFILE],
        purpose=Purpose.CARE,
        valid_from=now,
        valid_until=now + timedelta(days=30),
        needs=["guardian"],
        text_version="1",
    )
    ConsentEvent.objects.create(consent=consent, kind="granted", given_as="guardian", by=life.parent, at=now)
    record_access(
        actor=factories.make_staff(nickname="不该出现的员工名"),
        subject_id=life.child.public_id,
        items=[DataItem.PROFILE],
        purpose=Purpose.SUPPORT,
        actor_label="心桥 · 客服",
    )
    life.of_child |= {"grantee": "种子咨询中心", "looker": "心桥 · 客服"}


def later(days: int) -> datetime:
    """So many days from now."""
    return timezone.now() + timedelta(days=days)
