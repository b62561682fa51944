"""Who sees what of a concern: nobody without the duty, and of those without a name, nobody alone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.consent.access_log.selectors import Wish, looks_at, people_of
from marketplace.consent.rights.registry import Subject
from marketplace.core.audit.models import AuditEvent
from marketplace.safeguarding.concerns import services, subject_data
from marketplace.safeguarding.concerns.errors import (
    AlreadyAsked,
    NothingSealed,
    NotOnDuty,
    SecondPersonNeeded,
    StillSealed,
    WordsMissing,
)
from marketplace.safeguarding.concerns.models import Concern, Unsealing
from marketplace.safeguarding.concerns.retention import _erase, _kept, _over
from marketplace.safeguarding.enums import Kind, Source
from tests import factories
from tests.factories.concerns import make_concern, make_keeper, make_lead, make_sleeper

pytestmark = pytest.mark.django_db
REASON = "帖子里写了今晚的打算，必须现在找到人"


def test_who_it_is_opens_to_one_on_duty_and_is_written_down():
    parent = factories.make_user(nickname="小雨妈妈")
    child = factories.make_child(parent, nickname="小雨")
    concern, keeper = make_concern(child=child), make_keeper()
    sheet = services.open_person(concern=concern, viewer=keeper)
    assert sheet.known_as == "小雨" and parent.phone in [each.phone for each in sheet.contacts]
    looks = AuditEvent.objects.filter(actor_id=keeper.public_id, subject_id=child.public_id, purpose="safety")
    assert looks.exists()


@pytest.mark.parametrize("make", [make_sleeper, make_lead, factories.make_parent])
def test_nobody_else_opens_it(make):
    concern, other = make_concern(), make()
    for service in (services.open_person, services.read_texts):
        with pytest.raises(NotOnDuty):
            service(concern=concern, viewer=other)


def test_a_concern_about_nobody_we_know_opens_nobody():
    keeper = make_keeper()
    concern = services.open_concern(kind=Kind.EATING, level=2, source=Source.REPORT, author=None, child=None)
    with pytest.raises(NothingSealed):
        services.open_person(concern=concern, viewer=keeper)


def test_somebody_without_a_name_is_opened_by_two_for_three_days():
    teen, asker, second = factories.make_teen(), make_keeper(), make_keeper()
    concern = make_concern(author=teen, source=Source.POST)
    with pytest.raises(StillSealed):
        services.open_person(concern=concern, viewer=asker)
    with pytest.raises(WordsMissing):
        services.ask_to_unseal(public_id=concern.public_id, what="person", reason="急", by=asker)
    asked = services.ask_to_unseal(public_id=concern.public_id, what="person", reason=REASON, by=asker)
    with pytest.raises(AlreadyAsked):
        services.ask_to_unseal(public_id=concern.public_id, what="person", reason=REASON, by=second)
    with pytest.raises(SecondPersonNeeded):
        services.decide_unsealing(unsealing_id=asked.public_id, agrees=True, by=asker)
    assert second.messages_received.filter(channel="sms", key__startswith="unseal").exists()
    services.decide_unsealing(unsealing_id=asked.public_id, agrees=True, by=second)
    assert services.open_person(concern=concern, viewer=asker).known_as == teen.nickname
    later = timezone.now() + timedelta(hours=73)
    factories.make_on_duty(asker)
    asker.duty_shifts.update(ends_at=later + timedelta(hours=1))
    with pytest.raises(StillSealed):
        services.open_person(concern=concern, viewer=asker, now=later)


def test_a_refused_request_opens_nothing():
    asker, second = make_keeper(), make_keeper()
    concern = make_concern(author=factories.make_teen(), source=Source.REPLY)
    asked = services.ask_to_unseal(public_id=concern.public_id, what="person", reason=REASON, by=asker)
    services.decide_unsealing(unsealing_id=asked.public_id, agrees=False, by=second)
    with pytest.raises(StillSealed):
        services.open_person(concern=concern, viewer=asker)


def test_the_record_of_looks_does_not_lead_from_a_post_to_its_author():
    teen, keeper = factories.make_teen(), make_keeper()
    concern = make_concern(author=teen, source=Source.POST)
    services.read_texts(concern=concern, viewer=keeper)
    ids = {teen.public_id, teen.young_profile.public_id}
    assert not AuditEvent.objects.filter(subject_id__in=ids).exists()
    assert AuditEvent.objects.filter(subject_id=concern.public_id).exists()


def test_a_young_person_sees_who_looked_and_a_guardian_does_not():
    parent = factories.make_user()
    teen = factories.make_teen(parent, age=12)
    concern, keeper = make_concern(author=teen), make_keeper()
    services.read_texts(concern=concern, viewer=keeper)
    own = people_of(teen)[0]
    assert looks_at(own, Wish()).filter(records__contains=[concern.public_id]).exists()
    for person in people_of(parent):
        assert not looks_at(person, Wish()).filter(records__contains=[concern.public_id]).exists()


def test_only_the_person_reads_their_own_concerns():
    parent = factories.make_user()
    teen = factories.make_teen(parent)
    make_concern(author=teen)
    child = teen.young_profile
    own = subject_data._export(Subject(user=teen, child=child))
    assert [section.key for section in own] == ["concerns"] and len(own[0].rows) == 1
    assert not subject_data._export(Subject(user=parent, child=child))
    assert not subject_data._export(Subject(child=child))
    assert subject_data._fhir(Subject(user=teen, child=child))[0]["resourceType"] == "Flag"


def test_after_three_years_its_key_goes_and_a_hold_keeps_it():
    keeper, teen = make_keeper(), factories.make_teen()
    concern = make_concern(author=teen, by=keeper)
    services.note(public_id=concern.public_id, text="和外婆通过电话", by=keeper)
    services.close(public_id=concern.public_id, outcome="support", reason="聊过了", by=keeper)
    over = _over(timezone.now() + timedelta(days=1))
    assert _kept(over, [teen.young_profile.public_id]).exists()
    assert not _kept(over, [factories.make_teen().young_profile.public_id]).exists()
    assert _erase(over) == 1
    concern.refresh_from_db()
    assert (concern.mark, concern.link, concern.closed_by, concern.outcome) == ("", "", None, "support")
    assert not _over(timezone.now() + timedelta(days=1)).exists()


PAGES = ("desk", "queue")
OF_ONE = ("concern", "person")
POSTS = (
    "take",
    "release",
    "hand_over",
    "note",
    "step",
    "told",
    "urgency",
    "close",
    "reopen",
    "call",
    "unseal",
    "decide",
)


def strangers() -> list:
    return [
        factories.make_parent(),
        factories.make_teen(),
        make_sleeper(),
        make_lead(),
        factories.make_staff(duties=["support"]),
    ]


def test_strangers_meet_a_closed_door_everywhere(client):
    concern = make_concern()
    before = Concern.objects.values().get(pk=concern.pk)
    for stranger in strangers():
        browser = factories.signed_in(stranger)
        for name in PAGES:
            assert browser.get(reverse(f"concerns:{name}")).status_code in (403, 404), name
        for name in OF_ONE:
            assert browser.get(reverse(f"concerns:{name}", args=[concern.public_id])).status_code in (403, 404), name
        for name in POSTS:
            answer = browser.post(reverse(f"concerns:{name}", args=[concern.public_id]), {"text": "x", "step": "read"})
            assert answer.status_code in (403, 404), name
    for name in POSTS:
        assert client.post(reverse(f"concerns:{name}", args=[concern.public_id])).status_code == 302
    after = Concern.objects.values().get(pk=concern.pk)
    assert {k: v for k, v in before.items() if k != "link"} == {k: v for k, v in after.items() if k != "link"}
    assert concern.events.count() == 1 and not Unsealing.objects.exists()


def test_leads_see_figures_and_drills_and_others_do_not():
    lead, keeper = factories.signed_in(make_lead()), factories.signed_in(make_keeper())
    for name in ("figures", "drills", "training"):
        assert lead.get(reverse(f"concerns:{name}")).status_code == 200
    assert keeper.get(reverse("concerns:figures")).status_code == 404
    assert [keeper.get(reverse(f"concerns:{name}")).status_code for name in ("drills", "training")] == [200, 200]
    for name in ("drill_start", "training_record"):
        assert keeper.post(reverse(f"concerns:{name}")).status_code == 404
    for name in ("figures", "drills", "training"):
        assert factories.signed_in(make_sleeper()).get(reverse(f"concerns:{name}")).status_code == 404
