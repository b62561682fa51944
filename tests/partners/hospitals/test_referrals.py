"""A letter to a hospital: only with the family's consent, read by doctors alone, and closed when consent is."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.partner.enums import OrganisationType
from marketplace.accounts.enums import Role
from marketplace.consent.enums import DataItem, GivenAs, Purpose
from marketplace.consent.services import revoke_consent
from marketplace.core.audit.models import AuditEvent
from marketplace.notifications.models import Message
from partners.hospitals import errors, services
from partners.hospitals.enums import LetterState
from partners.hospitals.models import ReferralLetter
from tests.catalog.queries import queries_of
from tests.factories import (
    make_child,
    make_parent,
    make_partner,
    make_partner_staff,
    make_provider,
    make_service,
    make_user,
    signed_in,
)
from tests.factories.consent import make_consent
from tests.factories.consultations import make_held_session
from tests.factories.plans import make_young_child
from tests.factories.referrals import agree_to_referral, make_letter

pytestmark = pytest.mark.django_db
WORDS = "最近两个月睡得不好，想请医院看一看。"


class Scene:
    """A counsellor with a young client, and a hospital with a doctor and a manager."""

    def __init__(self) -> None:
        self.parent = make_parent(children=0)
        self.child = make_young_child(self.parent, nickname="小禾苗")
        self.counsellor = make_user(role=Role.PRACTITIONER)
        self.provider = make_provider(user=self.counsellor)
        self.booking = make_held_session(self.child, self.parent, service=make_service(self.provider))
        self.hospital = make_partner(name="示例儿童医院", organisation_type=OrganisationType.HOSPITAL)
        self.doctor = make_user(role=Role.PRACTITIONER)
        make_provider(partner=self.hospital, user=self.doctor)
        self.manager = make_partner_staff(self.hospital)

    def agree(self):
        return agree_to_referral(self.child, self.hospital, granted_by=self.parent)

    def write(self, **fields) -> ReferralLetter:
        plain = {"child": self.child, "hospital": self.hospital, "written_by": self.counsellor}
        return services.write_letter(provider=self.provider, words=WORDS, **plain | fields)


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_from_writing_to_the_answer(scene):
    scene.agree()
    writer, doctor = signed_in(scene.counsellor), signed_in(scene.doctor)
    page = reverse("referrals:new", args=[scene.booking.public_id])
    assert "示例儿童医院" in writer.get(page).content.decode()
    writer.post(page, {"hospital": str(scene.hospital.public_id), "words": WORDS})
    letter = ReferralLetter.objects.get()
    assert Message.objects.filter(recipient=scene.doctor).exists()

    shown = reverse("hospitals:letter", args=[letter.public_id])
    assert WORDS in doctor.get(shown).content.decode()
    act = reverse("hospitals:act", args=[letter.public_id])
    doctor.post(act, {"act": "accept"})
    doctor.post(act, {"act": "answer", "words": "已经约好下周来看。"})

    letter.refresh_from_db()
    assert letter.state == LetterState.ANSWERED
    text = writer.get(reverse("referrals:letter", args=[letter.public_id])).content.decode()
    assert "已经约好下周来看" in text


def test_without_consent_nothing_can_be_written(scene):
    page = reverse("referrals:new", args=[scene.booking.public_id])
    assert "家庭还没有同意" in signed_in(scene.counsellor).get(page).content.decode()
    with pytest.raises(errors.NotAgreed):
        scene.write()


@pytest.mark.parametrize(
    ("items", "purpose"),
    [((DataItem.PROFILE,), Purpose.REFERRAL), ((DataItem.PROFILE, DataItem.REPORT), Purpose.CARE)],
)
def test_a_consent_to_less_or_for_something_else_is_none(scene, items, purpose):
    make_consent(scene.child, scene.hospital, items=items, purpose=purpose)
    with pytest.raises(errors.NotAgreed):
        scene.write()


def test_a_guardians_word_alone_is_not_enough_from_fourteen_on(scene):
    scene.child.born_on = timezone.localdate() - timedelta(days=366 * 15)
    scene.child.save()
    agree_to_referral(scene.child, scene.hospital, needs=[GivenAs.GUARDIAN])
    with pytest.raises(errors.NotAgreed):
        scene.write()


def test_a_consent_taken_back_closes_the_letter_at_once(scene):
    consent = scene.agree()
    letter = scene.write()
    revoke_consent(consent_id=consent.public_id, revoked_by=scene.parent)
    doctor = signed_in(scene.doctor)
    text = doctor.get(reverse("hospitals:letter", args=[letter.public_id])).content.decode()

    assert WORDS not in text and "小禾苗" not in text and "内容现在打不开" in text
    assert doctor.get(reverse("hospitals:fhir", args=[letter.public_id])).status_code == 404
    with pytest.raises(errors.OnlyDoctors):
        services.accept_letter(public_id=letter.public_id, accepted_by=scene.doctor)


def test_a_hospitals_manager_sees_that_a_letter_came_and_not_what_it_says(scene):
    scene.agree()
    letter = scene.write()
    manager = signed_in(scene.manager)
    assert manager.get("/hospital/").status_code == 200
    text = manager.get(reverse("hospitals:letter", args=[letter.public_id])).content.decode()
    assert WORDS not in text
    answer = manager.post(reverse("hospitals:act", args=[letter.public_id]), {"act": "accept"}, follow=True)
    assert "要由医院里看得到内容的医生来处理" in answer.content.decode()


def test_another_hospital_and_another_counsellor_find_nothing(scene):
    scene.agree()
    letter = scene.write()
    stranger = make_user(role=Role.PRACTITIONER)
    make_provider(partner=make_partner(organisation_type=OrganisationType.HOSPITAL), user=stranger)
    browser = signed_in(stranger)
    for name in ("hospitals:letter", "hospitals:fhir", "referrals:letter"):
        assert browser.get(reverse(name, args=[letter.public_id])).status_code == 404
    assert browser.post(reverse("hospitals:act", args=[letter.public_id]), {"act": "accept"}).status_code == 404
    assert browser.get(reverse("referrals:new", args=[scene.booking.public_id])).status_code == 404
    with pytest.raises(errors.NotYourClient):
        scene.write(written_by=stranger)
    with pytest.raises(errors.NotYourClient):
        services.withdraw_letter(public_id=letter.public_id, by=stranger)


def test_only_about_ones_own_client_only_to_a_hospital_only_once(scene):
    scene.agree()
    with pytest.raises(errors.NotYourClient):
        scene.write(child=make_child(make_user()))
    with pytest.raises(errors.NotAHospital):
        scene.write(hospital=make_partner())
    scene.write()
    with pytest.raises(errors.AlreadyWritten):
        scene.write()


def test_a_letter_nobody_accepted_can_be_taken_back(scene):
    scene.agree()
    letter = scene.write()
    writer = signed_in(scene.counsellor)
    page = reverse("referrals:letter", args=[letter.public_id])
    assert "已收回" in writer.post(page, follow=True).content.decode()
    assert signed_in(scene.doctor).get(reverse("hospitals:letter", args=[letter.public_id])).status_code == 404
    with pytest.raises(errors.LetterIsOver):
        services.accept_letter(public_id=letter.public_id, accepted_by=scene.doctor)


def test_a_hospital_says_why_it_does_not_take_a_letter(scene):
    scene.agree()
    letter = scene.write()
    with pytest.raises(errors.LetterIsOver):  # an answer needs that it was accepted
        services.end_letter(public_id=letter.public_id, words="好的好的", accepts=True, ended_by=scene.doctor)
    services.end_letter(public_id=letter.public_id, words="请先到儿科。", accepts=False, ended_by=scene.doctor)
    letter.refresh_from_db()
    assert letter.state == LetterState.DECLINED


def test_the_same_letter_as_a_service_request(scene):
    scene.agree()
    letter = scene.write(is_urgent=True)
    answer = signed_in(scene.doctor).get(reverse("hospitals:fhir", args=[letter.public_id]))
    found = json.loads(answer.content)
    assert answer["Content-Type"] == "application/fhir+json"
    assert (found["resourceType"], found["status"], found["intent"]) == ("ServiceRequest", "active", "proposal")
    assert found["priority"] == "urgent" and found["note"][0]["text"] == WORDS
    assert "小禾苗" not in answer.content.decode()


def test_every_look_is_written_down(scene):
    scene.agree()
    letter = scene.write()
    before = AuditEvent.objects.filter(subject_id=scene.child.public_id, actor_id=scene.doctor.public_id).count()
    signed_in(scene.doctor).get(reverse("hospitals:letter", args=[letter.public_id]))
    assert AuditEvent.objects.filter(subject_id=scene.child.public_id, actor_id=scene.doctor.public_id).count() > before


def test_three_letters_cost_as_much_as_one(scene):
    scene.agree()
    scene.write()
    doctor, writer = signed_in(scene.doctor), signed_in(scene.counsellor)
    pages = ((doctor, "/hospital/"), (writer, "/referrals/"))
    for browser, page in pages:
        browser.get(page)
    one = [queries_of(lambda b=browser, p=page: b.get(p)) for browser, page in pages]
    for _ in range(2):
        child = make_young_child(scene.parent)
        agree_to_referral(child, scene.hospital, granted_by=scene.parent)
        make_letter(child, scene.provider, scene.hospital)
    assert [queries_of(lambda b=browser, p=page: b.get(p)) for browser, page in pages] == one
