"""Somebody worries about a friend: taken in from anybody, at the desk within a minute, and who told it is shielded."""

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from marketplace.consent.rights.registry import Subject
from marketplace.core.audit.models import AuditEvent
from marketplace.core.log_masking import masked
from marketplace.notifications.enums import MessageStatus
from marketplace.notifications.models import Message
from marketplace.notifications.services import deliver_waiting_messages
from marketplace.safeguarding.concerns import services as desk
from marketplace.safeguarding.concerns.errors import NotOnDuty, StillSealed
from marketplace.safeguarding.concerns.models import Concern
from marketplace.safeguarding.enums import Kind, Level
from marketplace.safeguarding.reports import services, subject_data
from marketplace.safeguarding.reports.models import Report, ReportEntry
from marketplace.safeguarding.reports.retention import _erase
from tests import factories
from tests.factories.concerns import make_keeper, make_lead, make_sleeper

pytestmark = pytest.mark.django_db
WORDS = {
    "worry": "self_harm",
    "how_soon": "today",
    "about": "城南中学初二三班的小宁",
    "words": "她说过完生日就不用再来了，把手链送给我",
}
NAME, CONTACT = "同桌阿澈", "微信 ache-2011"


def send(client: Client, **words):
    return client.post(reverse("reports:new"), WORDS | words, follow=True)


def filed(**words) -> services.Filed:
    return services.file_report(**WORDS | words)


def test_from_the_form_to_the_desk_takes_less_than_a_minute(client):
    keeper = make_keeper()
    begun = time.monotonic()
    answer = send(client)
    concern = Concern.objects.get()
    deliver_waiting_messages()
    seen = factories.signed_in(keeper).get(reverse("concerns:queue")).content.decode()
    took = time.monotonic() - begun
    assert answer.status_code == 200 and str(concern.public_id) in seen
    assert Message.objects.get(recipient=keeper, channel="sms").status == MessageStatus.SENT
    assert took < 60, took


def test_a_report_always_opens_a_concern(client):
    send(client, worry="unsure", how_soon="unsure", words="就是不放心")
    concern = Concern.objects.get()
    assert (concern.kind, concern.urgency, concern.link) == (Kind.DISTRESS, Level.CONCERN, "")
    assert concern.source == "report"


@pytest.mark.parametrize(
    ("how_soon", "words", "level"),
    [
        ("now", "不知道怎么说", Level.URGENT),
        ("soon", "有点担心", Level.CONCERN),
    ],
)
def test_how_urgent_it_is(how_soon, words, level):
    filed(how_soon=how_soon, words=words)
    assert Concern.objects.get().urgency == level


def test_a_gate_that_fails_stops_no_report(monkeypatch):
    def breaks(text):
        raise RuntimeError

    monkeypatch.setattr(services, "grade", breaks)
    filed(worry="unsure")
    assert Concern.objects.exists()


def test_a_flood_is_taken_in_and_waits_behind_and_danger_does_not(client, monkeypatch):
    monkeypatch.setattr("marketplace.safeguarding.reports.views.reporter.may_send_form", lambda *_: False)
    assert send(client, how_soon="now", words="快来").status_code == 200
    assert (Report.objects.count(), Concern.objects.get().urgency) == (1, Level.CONCERN)


def test_the_link_leads_back_and_is_kept_nowhere(client):
    answer = send(client)
    path = answer.redirect_chain[-1][0]
    token = path.rstrip("/").split("/")[-1]
    assert len(token) == 43
    report = Report.objects.get()
    assert token not in report.digest and token not in masked(f"GET {path}")
    elsewhere = Client().get(path)
    assert WORDS["words"] in elsewhere.content.decode()
    assert elsewhere["Referrer-Policy"] == "same-origin" and "no-store" in elsewhere["Cache-Control"]
    assert Client().get(path.replace(token, "x" * 43)).status_code == 404


def test_the_reporter_adds_and_reads_the_answer_and_nothing_of_the_friend(client):
    keeper = make_keeper()
    path = send(client).redirect_chain[-1][0]
    report = Report.objects.get()
    client.post(path + "add/", {"text": "她现在在天桥那边"})
    concern = Concern.objects.get()
    assert concern.events.exclude(ref="").count() == 2
    texts = desk.read_texts(concern=concern, viewer=keeper)
    assert [text.context.text[:8] for text in texts][0] == "她现在在天桥那边"
    services.answer_reporter(report=report, text="谢谢你，我们已经联系了学校", by=keeper)
    desk.acknowledge(public_id=concern.public_id, by=keeper)
    page = client.get(path).content.decode()
    assert "我们已经联系了学校" in page and "有人正在处理" in page
    assert str(concern.public_id) not in page and str(keeper) not in page
    assert client.post(path + "add/", {"text": " "}).status_code == 200
    assert ReportEntry.objects.count() == 2


def test_an_addition_after_the_end_opens_a_concern_again(client):
    keeper = make_keeper()
    path = send(client).redirect_chain[-1][0]
    concern = Concern.objects.get()
    desk.acknowledge(public_id=concern.public_id, by=keeper)
    desk.close(public_id=concern.public_id, outcome="support", reason="学校在陪", by=keeper)
    client.post(path + "add/", {"text": "她今天又没来"})
    assert Concern.objects.filter(closed_at=None, kind=concern.kind).count() == 1


def test_nobody_on_duty_shows_the_lines_and_the_next_hour(client):
    sleeper = make_sleeper()
    begins = timezone.now() + timedelta(hours=3)
    sleeper.duty_shifts.create(duty="safety", begins_at=begins, ends_at=begins + timedelta(hours=8))
    page = send(client).content.decode()
    assert "下一次是" in page and "tel:12356" in page
    assert Message.objects.filter(recipient=sleeper, channel="sms").exists()


def test_the_desk_sees_a_friend_and_no_name(client):
    keeper = make_keeper()
    send(client, name=NAME, contact=CONTACT)
    report, concern = Report.objects.get(), Concern.objects.get()
    browser = factories.signed_in(keeper)
    pages = [reverse("reports:desk", args=[report.public_id]), reverse("concerns:concern", args=[concern.public_id])]
    for path in pages:
        page = browser.get(path).content.decode()
        assert "小宁" in page and NAME not in page and CONTACT not in page
    assert browser.get(reverse("reports:reporter", args=[report.public_id])).status_code == 302
    with pytest.raises(StillSealed):
        services.reporter_of(report=report, viewer=keeper)


def test_a_reporter_who_agreed_is_shown_and_the_look_written_down(client):
    keeper = make_keeper()
    send(client, name=NAME, contact=CONTACT, is_shown="on", wishes_contact="on")
    report = Report.objects.get()
    page = factories.signed_in(keeper).get(reverse("reports:reporter", args=[report.public_id])).content.decode()
    assert NAME in page and CONTACT in page
    assert AuditEvent.objects.filter(actor_id=keeper.public_id, subject_id=report.reporter_id).exists()


def test_two_people_and_a_reason_open_who_it_was():
    asker, second = make_keeper(), make_keeper()
    report = filed(name=NAME, contact=CONTACT).report
    concern = Concern.objects.get()
    browser = factories.signed_in(asker)
    browser.post(reverse("reports:unseal", args=[report.public_id]), {"reason": "短"})
    assert not concern.unsealings.exists()
    browser.post(reverse("reports:unseal", args=[report.public_id]), {"reason": "她失联了，只有报告的人知道在哪座桥"})
    with pytest.raises(StillSealed):
        services.reporter_of(report=report, viewer=asker)
    asked = concern.unsealings.get()
    desk.decide_unsealing(unsealing_id=asked.public_id, agrees=True, by=second)
    assert services.reporter_of(report=report, viewer=asker).name == NAME


def test_name_and_words_are_sealed_apart():
    report = filed(name=NAME, contact=CONTACT).report
    row = Report.objects.filter(pk=report.pk).values("name", "words").get()
    keys = {name: bytes(value.ciphertext)[1:17] for name, value in row.items()}
    assert keys == {"name": report.reporter_id.bytes, "words": report.public_id.bytes}


def test_of_an_anonymous_reporter_nothing_is_kept_even_signed_in():
    parent = factories.make_parent()
    factories.signed_in(parent).post(reverse("reports:new"), WORDS)
    report = Report.objects.get()
    assert report.reporter_mark == "" and not subject_data._export(Subject(user=parent))


def test_a_named_reporter_has_a_copy_and_takes_the_name_along():
    parent = factories.make_parent()
    factories.signed_in(parent).post(reverse("reports:new"), WORDS | {"name": NAME, "contact": CONTACT})
    (section,) = subject_data._export(Subject(user=parent))
    assert section.rows[0]["name"] == NAME
    subject_data._erase(Subject(user=parent))
    report = Report.objects.get()
    assert (report.reporter_mark, str(report.name), report.words) == ("", "", WORDS["words"])
    assert not subject_data._export(Subject(user=parent))


def test_identity_numbers_are_cut_out():
    report = filed(words="她的身份证是 11010519491231002X").report
    assert "11010519491231002X" not in report.words


def test_an_incomplete_form_comes_back_with_its_words(client):
    page = client.post(reverse("reports:new"), WORDS | {"worry": ""})
    assert page.status_code == 200 and WORDS["words"] in page.content.decode()
    assert not Report.objects.exists()


def test_strangers_meet_a_closed_door():
    report = filed(name=NAME).report
    people = [factories.make_parent(), factories.make_teen(), make_sleeper(), make_lead()]
    for person in people:
        browser = factories.signed_in(person)
        for name in ("desk", "reporter"):
            assert browser.get(reverse(f"reports:{name}", args=[report.public_id])).status_code in (403, 404)
        for name in ("answer", "unseal"):
            sent = browser.post(reverse(f"reports:{name}", args=[report.public_id]), {"text": "x", "reason": "x" * 20})
            assert sent.status_code in (403, 404)
        with pytest.raises(NotOnDuty):
            services.open_report(report=report, viewer=person)
    assert not ReportEntry.objects.exists()


def test_the_desks_page_answers_and_asks_the_same_for_many_entries():
    keeper, report = make_keeper(), filed().report
    browser, path = factories.signed_in(keeper), reverse("reports:desk", args=[report.public_id])
    browser.post(reverse("reports:answer", args=[report.public_id]), {"text": "谢谢你"})
    assert browser.post(reverse("reports:answer", args=[report.public_id]), {"text": ""}).status_code == 200
    browser.get(path)

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert browser.get(path).status_code == 200
        return len(caught)

    one = queries()
    for _ in range(2):
        services.add_to_report(report=report, text="还有")
    assert queries() == one
    report.refresh_from_db()
    assert report.seen_at


def test_after_three_years_both_keys_go():
    report = filed(name=NAME).report
    assert _erase(Report.objects.all()) == 1
    assert not Report.objects.filter(pk=report.pk).exists()
