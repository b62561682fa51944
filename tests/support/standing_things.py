"""Things of standing before the doors: decisions, lists, and sessions that had to be led on."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from catalog.rerouting.models import Rerouting
from catalog.standing.checklist import KEYS
from catalog.standing.enums import EntrySource, WithholdingKind
from catalog.standing.models import BlacklistEntry, Training, Withholding
from catalog.standing.services import appeal, draft_standards, publish_standards
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


@thing("version of the standards")
def _version(person: Person) -> Thing:
    row = publish_standards(version=draft_standards(body="示例标准。"), published_by=None)
    return Thing({"number": row.number}, row, is_open=True, is_shared=True)


@thing("something to stop")
def _something_to_stop(person: Person) -> Thing:
    clinic = factories.make_partner()
    kwargs = {"kind": "partner", "ref": str(clinic.public_id)}
    return Thing(kwargs, clinic, data={"reasons": REASONS}, is_open=True, is_shared=True)


@thing("decision of ours")
def _decision_of_ours(person: Person) -> Thing:
    row = _decision(person)
    return Thing({"public_id": row.public_id}, row, data={"reasons": "示例：已经改正宣传文字。"}, is_open=True)


@thing("name on our list")
def _name_on_our_list(person: Person) -> Thing:
    row = BlacklistEntry.objects.create(
        body=person.side.association, name=f"示例机构{factories.next_number()}", reasons=REASONS,
        listed_on=timezone.localdate(), source=EntrySource.PAGE,
    )  # fmt: skip
    return Thing({"public_id": row.public_id}, row, data={"reasons": "示例：查明是弄错了，已更正。"})


@thing("table of names")
def _table_of_names(person: Person) -> Thing:
    return Thing(data={"file": SimpleUploadedFile("names.csv", "名称,编号,理由,日期\n".encode())}, is_shared=True)


@thing("organisation to assess")
def _organisation_to_assess(person: Person) -> Thing:
    clinic = factories.make_partner()
    return Thing({"public_id": clinic.public_id}, clinic, data=dict.fromkeys(KEYS, "yes"), is_open=True, is_shared=True)


@thing("training of ours")
def _training_of_ours(person: Person) -> Thing:
    row = Training.objects.create(body=person.side.association, title="示例培训", held_on=timezone.localdate())
    return Thing({"public_id": row.public_id}, row)


@thing("product to explain")
def _product_to_explain(person: Person) -> Thing:
    return Thing({"pk": person.side.service.product_id}, person.side.service, data={"steps": "第一次见面：互相认识。"})
