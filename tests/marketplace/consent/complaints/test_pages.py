"""The pages: for a person with and without an account, for a stranger, and for our staff."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from marketplace.accounts.enums import Duty
from marketplace.consent.complaints import services
from marketplace.consent.complaints.models import Complaint
from marketplace.core.audit.models import AuditEvent
from tests import factories

pytestmark = pytest.mark.django_db

WORDS = {"topic": "seen", "what_happened": "前台把我的预约念了出来", "items": ["booking", "contact"], "contact": ""}
SECRET = "前台把我的预约念了出来"


def sent(client: Client, **words):
    return client.post(reverse("complaints:new"), WORDS | words, follow=True)


def code_on(page: str) -> str:
    found = re.search(r"secret-code\">([A-Z0-9-]{19})<", page)
    assert found, page
    return found[1]


def filed(**fields) -> services.Filed:
    return services.file_complaint(topic="seen", items=[], what_happened=SECRET, **fields)


def url(name: str, complaint: Complaint) -> str:
    return reverse(f"complaints:{name}", args=[complaint.public_id])


def test_complaining_needs_no_account_and_gives_number_and_code(client):
    assert client.get(reverse("complaints:new")).status_code == 200
    page = sent(client).content.decode()
    complaint = Complaint.objects.get()
    assert complaint.number in page
    assert complaint.complainant is None
    assert (complaint.topic, complaint.items, complaint.what_happened) == ("seen", ["booking", "contact"], SECRET)
    code = code_on(page)

    elsewhere = Client()
    asked = elsewhere.post(reverse("complaints:find"), {"number": complaint.number, "code": code}, follow=True)
    assert SECRET in asked.content.decode()
    assert code not in asked.content.decode()


def test_a_form_without_words_comes_back(client):
    page = client.post(reverse("complaints:new"), {"topic": "", "what_happened": " ", "contact": "13900000000"})
    assert page.status_code == 200
    assert "13900000000" in page.content.decode()
    assert not Complaint.objects.exists()


def test_the_code_is_shown_to_its_browser_only_and_for_a_while(client, monkeypatch):
    sent(client)
    complaint = Complaint.objects.get()
    assert "secret-code" in client.get(url("filed", complaint)).content.decode()
    assert Client().get(url("filed", complaint)).status_code == 302
    later = timezone.now().timestamp() + 11 * 60
    monkeypatch.setattr("marketplace.consent.complaints.following.time.time", lambda: later)
    assert client.get(url("filed", complaint)).status_code == 302


def test_opening_the_progress_ends_the_showing_of_the_code(client):
    sent(client)
    complaint = Complaint.objects.get()
    assert SECRET in client.get(url("status", complaint)).content.decode()
    assert client.get(url("filed", complaint)).status_code == 302


def test_a_followed_complaint_is_forgotten_by_a_shared_browser(client, monkeypatch):
    sent(client)
    complaint = Complaint.objects.get()
    later = timezone.now().timestamp() + 31 * 60
    monkeypatch.setattr("marketplace.consent.complaints.following.time.time", lambda: later)
    assert SECRET not in client.get(url("status", complaint)).content.decode()


def test_a_stranger_learns_nothing():
    one, two = filed(), filed()
    stranger = Client()
    real, invented = url("status", one.complaint), reverse("complaints:status", args=[uuid4()])

    def shown(page) -> str:
        return re.sub(r"csrfmiddlewaretoken\" value=\"[^\"]+|[0-9a-f-]{36}", "", page.content.decode())

    assert shown(stranger.get(real)) == shown(stranger.get(invented))
    wrong = {"code": two.code}
    assert shown(stranger.post(real, wrong)) == shown(stranger.post(invented, wrong))
    numbers = [one.complaint.number, "T2222222"]
    find = reverse("complaints:find")
    first, second = (shown(stranger.post(find, {"number": n, "code": two.code})).replace(n, "") for n in numbers)
    assert first == second
    assert "编号或查询码不对" in first
    for name in ("reply", "object", "accept", "filed"):
        for method in (stranger.get, stranger.post):
            page = method(url(name, one.complaint), {"text": "x"})
            assert page.status_code in (302, 405)
    assert Complaint.objects.get(pk=one.complaint.pk).entries.count() == 2


def test_another_signed_in_person_is_a_stranger_too():
    one = filed(complainant=factories.make_parent())
    other = factories.signed_in(factories.make_parent())
    assert SECRET not in other.get(url("status", one.complaint)).content.decode()
    assert one.complaint.number not in other.get(reverse("complaints:mine")).content.decode()
    own = factories.signed_in(one.complaint.complainant)
    assert SECRET in own.get(url("status", one.complaint)).content.decode()
    assert one.complaint.number in own.get(reverse("complaints:mine")).content.decode()


def test_codes_cannot_be_tried_fast():
    one = filed()
    client = Client()
    for _ in range(6):
        client.post(url("status", one.complaint), {"code": "AAAA-BBBB-CCCC-DDDD"})
    page = client.post(url("status", one.complaint), {"code": one.code}).content.decode()
    assert "太快了" in page
    assert SECRET not in page


def test_too_many_complaints_wait_and_lose_nothing(client, monkeypatch):
    monkeypatch.setattr("marketplace.consent.complaints.views.public.may_send_form", lambda request, form: False)
    page = client.post(reverse("complaints:new"), WORDS)
    assert page.status_code == 429
    assert SECRET in page.content.decode()
    assert not Complaint.objects.exists()
    one = filed(complainant=factories.make_parent())
    own = factories.signed_in(one.complaint.complainant)
    page = own.post(url("reply", one.complaint), {"text": "还有一句很长的话"})
    assert page.status_code == 429
    assert "还有一句很长的话" in page.content.decode()


def test_words_of_danger_bring_the_numbers_first(client):
    page = sent(client, what_happened="他知道了，我不想活了").content.decode()
    assert page.index("12356") < page.index(Complaint.objects.get().number)
    assert 'class="note note--alert help-now"' in page
    assert "help-now" not in sent(Client()).content.decode()


def test_the_person_replies_objects_and_accepts(client):
    staff = factories.make_staff()
    one = filed(complainant=factories.make_parent())
    own, public_id = factories.signed_in(one.complaint.complainant), one.complaint.public_id
    services.take_complaint(public_id=public_id, taken_by=staff)
    own.post(url("reply", one.complaint), {"text": "补充一句"})
    services.answer_complaint(public_id=public_id, answer="查到了", cause="defect", side="technical", answered_by=staff)
    page = own.get(url("status", one.complaint)).content.decode()
    assert all(words in page for words in ("补充一句", "查到了", "软件缺陷", "技术方"))
    own.post(url("object", one.complaint), {"text": "不同意"})
    one.complaint.refresh_from_db()
    assert one.complaint.status == "second"


# --- our staff -----------------------------------------------------------------------------------------------
@pytest.fixture
def officer():
    return factories.make_staff(duties=[Duty.PRIVACY])


@pytest.fixture
def desk(officer) -> Client:
    return factories.signed_in(officer)


def test_the_desk_is_for_privacy_duty_only():
    one = filed()
    for user in (factories.make_parent(), factories.make_staff(duties=[Duty.SUPPORT]), factories.make_staff(duties=[])):
        client = factories.signed_in(user)
        for page in (client.get(reverse("complaints:queue")), client.get(url("case", one.complaint))):
            assert page.status_code in (403, 404)
            assert SECRET not in page.content.decode()


def test_staff_take_ask_note_hand_on_and_answer(desk, officer):
    one = filed(complainant=factories.make_parent())
    assert SECRET not in desk.get(reverse("complaints:queue")).content.decode()
    page = desk.get(url("case", one.complaint)).content.decode()
    assert SECRET in page
    assert one.complaint.complainant.nickname not in page
    desk.post(url("take", one.complaint))
    desk.post(url("ask_back", one.complaint), {"text": "哪一天？"})
    desk.post(url("note", one.complaint), {"text": "已看录像"})
    page = desk.post(url("answer", one.complaint), {"text": "写了一半", "cause": "", "side": ""}).content.decode()
    assert "写了一半" in page
    assert "哪一天？" in page
    desk.post(url("answer", one.complaint), {"text": "查到了", "cause": "defect", "side": "technical"})
    one.complaint.refresh_from_db()
    assert (one.complaint.status, one.complaint.cause) == ("answered", "defect")
    desk.post(url("hand_on", one.complaint), {"text": "太晚"})
    one.complaint.refresh_from_db()
    assert one.complaint.handler == officer
    assert one.complaint.number in desk.get(reverse("complaints:queue") + "?show=settled").content.decode()


def test_every_look_at_a_complaint_is_written_down(desk, officer):
    parent = factories.make_parent()
    for complaint, subject in ((filed(complainant=parent).complaint, parent.public_id), (filed().complaint, None)):
        desk.get(url("case", complaint))
        look = AuditEvent.objects.get(records=[complaint.public_id])
        assert (look.actor_id, look.subject_id) == (officer.public_id, subject or complaint.public_id)
        assert (look.purpose, look.action) == ("complaint", "R")


def test_the_queue_asks_as_often_for_many_as_for_one(desk, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    filed()
    desk.get(reverse("complaints:queue"))
    with CaptureQueriesContext(connection) as one:
        desk.get(reverse("complaints:queue"))
    for _ in range(6):
        complaint = filed(complainant=factories.make_parent()).complaint
        services.take_complaint(public_id=complaint.public_id, taken_by=factories.make_staff())
    with django_assert_num_queries(len(one)):
        desk.get(reverse("complaints:queue"))


def test_the_list_of_my_complaints_asks_as_often_for_many_as_for_one(django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    parent = factories.make_parent()
    own = factories.signed_in(parent)
    filed(complainant=parent)
    own.get(reverse("complaints:mine"))
    with CaptureQueriesContext(connection) as one:
        own.get(reverse("complaints:mine"))
    for _ in range(5):
        filed(complainant=parent)
    with django_assert_num_queries(len(one)):
        own.get(reverse("complaints:mine"))


def test_figures_are_plain_json_without_persons(desk):
    complaint = filed(contact="13900001111").complaint
    page = desk.get(reverse("complaints:figures"))
    assert page.json()["received"] == 1
    for word in (SECRET, "13900001111", complaint.number, str(complaint.public_id)):
        assert word not in page.content.decode()
    assert desk.get(reverse("complaints:figures") + "?since=2020-01-01&until=2020-02-30").status_code == 200


def test_words_are_sealed_in_the_database():
    from django.db import connection

    complaint = filed(contact="13900001111").complaint
    services.reply(public_id=complaint.public_id, text="补充一句秘密")
    with connection.cursor() as cursor:
        cursor.execute("SELECT what_happened, contact FROM complaints_complaint")
        cells = [bytes(cell) for cell in cursor.fetchone()]
        cursor.execute("SELECT text FROM complaints_entry")
        cells += [bytes(row[0]) for row in cursor.fetchall()]
    for word in (SECRET, "13900001111", "补充一句秘密"):
        assert not any(word.encode() in cell for cell in cells)
