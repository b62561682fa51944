"""Things of standing before the doors: decisions, lists, and sessions that had to be led on."""

from datetime import timedelta

from django.utils import timezone

from catalog.rerouting.models import Rerouting
from catalog.standing.enums import WithholdingKind
from catalog.standing.models import Withholding
from catalog.standing.services import appeal
from tests import factories

from .door_things import Person, Thing, _booked, thing

REASONS = "示例：宣传的效果与事实不符。"


def _decision(person: Person, **about) -> Withholding:
    """A decision of this side's association; nothing of the side's own stops over it."""
    return Withholding.objects.create(
        kind=WithholdingKind.VETO, body=person.side.association, reasons=REASONS,
        **about or {"partner": factories.make_partner()},
    )  # fmt: skip


@thing("decision")
def _public_decision(person: Person) -> Thing:
    row = _decision(person)
    return Thing({"public_id": row.public_id}, row, is_open=True, is_shared=True)


@thing("decision about us")
def _decision_about_us(person: Person) -> Thing:
    row = _decision(person, product=factories.make_course(partner=person.side.partner))
    return Thing({"public_id": row.public_id}, row, data={"words": "我们已经改了介绍，请再看一遍。"}, is_open=True)


@thing("appeal to answer")
def _appeal_to_answer(person: Person) -> Thing:
    clinic = factories.make_partner()
    row = _decision(person, partner=clinic)
    words = "我们已经改了介绍，请再看一遍。"
    appeal(withholding=row, words=words, appealed_by=factories.make_partner_staff(clinic))
    data = {"granted": "no", "words": "示例：介绍里还有同样的话。"}
    return Thing({"public_id": row.public_id}, row, data=data, is_open=True)


@thing("session led on")
def _session_led_on(person: Person) -> Thing:
    booking = _booked(person, factories.make_service())
    row = Rerouting.objects.create(booking=booking, decide_by=timezone.now() + timedelta(days=1))
    return Thing({"public_id": row.public_id}, row)
