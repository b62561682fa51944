"""The pages of moods, the diary and check-ins: for their owner, for strangers, and for whoever was shown something."""

import json
from datetime import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.wellbeing.models import CheckInPlan, CheckInPrompt, DiaryChoice, DiaryEntry, EntryShare, MoodEntry
from cms.wellbeing.services import checkins, diary, diary_sharing, moods
from marketplace.accounts.models import User
from marketplace.families.models import Child
from tests import factories

pytestmark = pytest.mark.django_db

WORDS = "今天和同桌一起走回家，桂花开了。"
DANGER = "我真的不想活了，今晚就想从楼上跳下去。"


def at(name: str, *args: object) -> str:
    return reverse(f"wellbeing:{name}", args=args)


def html(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    return page.content.decode().split("<main")[1].split("</main>")[0]


@pytest.fixture
def mother() -> User:
    return factories.make_parent(children=0)


@pytest.fixture
def child(mother: User) -> Child:
    return factories.make_teen(mother).young_profile


@pytest.fixture
def own(child: Child) -> Client:
    return factories.signed_in(child.account)


def test_two_presses_keep_a_mood(own):
    page = own.post(at("mood"), {"weather": "4"}, follow=True)
    mood = MoodEntry.objects.get()
    assert page.redirect_chain == [(at("mood_kept", mood.public_id), 302)]
    assert "记下了" in page.content.decode()
    assert "转晴" in page.content.decode()


def test_nothing_of_a_mood_stands_in_an_address(own):
    page = own.post(at("mood"), {"weather": "1", "words": ["sad"], "line": WORDS}, follow=True)
    assert "?" not in page.redirect_chain[0][0]


def test_without_a_picture_the_page_says_so(own):
    body = own.post(at("mood"), {"words": ["sad"]}).content.decode()
    assert "请先点一个现在的天气" in body
    assert not MoodEntry.objects.exists()


def test_words_and_a_line_are_kept_and_changed(own):
    own.post(at("mood"), {"weather": "2", "words": ["sad", "tired"], "line": WORDS})
    mood = MoodEntry.objects.get()
    assert (mood.words, mood.line) == (["tired", "sad"], WORDS)
    own.post(at("change_mood", mood.public_id), {"weather": "3", "line": ""})
    mood = MoodEntry.objects.get()
    assert (mood.weather, mood.words, mood.line) == (3, [], "")
    four = {"weather": "3", "words": ["sad", "tired", "calm", "happy"]}
    assert "最多选三个" in own.post(at("change_mood", mood.public_id), four).content.decode()


@pytest.mark.parametrize("who", ["nobody", "parent", "staff"])
def test_a_stranger_checks_in_in_the_browser_and_nothing_is_sent(who):
    client = Client()
    if who != "nobody":
        client = factories.signed_in(factories.make_parent() if who == "parent" else factories.make_staff())
    body = html(client, at("mood"))
    assert "什么都不会发出去" in body
    form = body.split("data-mood-here")[0].rsplit("<form", 1)[1] + body.split("data-mood-here")[1].split("</form>")[0]
    assert "method=" not in form
    assert "csrfmiddlewaretoken" not in form
    assert 'type="submit"' not in form
    assert client.post(at("mood"), {"weather": "4"}).status_code == 200
    assert not MoodEntry.objects.exists()


def test_the_chart_shows_what_was_answered_in_a_picture_and_a_table(own, child):
    moods.record_mood(child=child, weather=5, words=["happy"])
    body = html(own, at("mood_chart"))
    assert "记了 1 天" in body
    assert body.count("mood-gap") == 13
    assert "<table" in body
    assert "晴天 · 很好" in body
    for span in ("30", "90", "9999", "x"):
        assert own.get(at("mood_chart"), {"days": span}).status_code == 200


def test_an_empty_chart_invites_without_pushing(own):
    assert "不记也没关系" in html(own, at("mood_chart"))


def test_one_takes_everything_along_and_deletes_it(own, child):
    moods.record_mood(child=child, weather=5, line=WORDS)
    diary.write_page(child=child, text=WORDS)
    response = own.get(at("export_mine"))
    assert "attachment" in response["Content-Disposition"]
    content = json.loads(response.content)
    assert content["moods"][0]["line"] == content["diary"][0]["text"] == WORDS
    assert "找不回来" in html(own, at("forget_moods"))
    own.post(at("forget_moods"))
    own.post(at("forget_diary"))
    assert not MoodEntry.objects.exists()
    assert not DiaryEntry.objects.exists()


def test_a_diary_is_written_read_changed_and_deleted(own):
    own.post(at("write_diary"), {"text": WORDS, "about_on": timezone.localdate().isoformat()})
    page = DiaryEntry.objects.get()
    assert WORDS in html(own, at("diary"))
    assert WORDS in html(own, at("diary_page", page.public_id))
    own.post(at("edit_diary", page.public_id), {"text": "改过了", "revision": "1"})
    assert "改过了" in html(own, at("diary_page", page.public_id))
    old = own.post(at("edit_diary", page.public_id), {"text": "旧的窗口", "revision": "1"}).content.decode()
    assert "在别的地方改过了" in old
    assert "旧的窗口" in old
    own.post(at("forget_page", page.public_id))
    assert not DiaryEntry.objects.exists()


def test_reading_along_is_a_clear_switch_and_off(own, child):
    assert "现在是关着的" in html(own, at("diary"))
    own.post(at("write_diary"), {"text": DANGER})
    assert "现在就可以打" not in html(own, at("diary_page", DiaryEntry.objects.get().public_id))
    own.post(at("diary_choice"), {"read_along": "yes"})
    assert DiaryChoice.objects.get().is_read_along
    assert "现在是开着的" in html(own, at("diary"))
    assert "现在就可以打" in html(own, at("diary_page", DiaryEntry.objects.get().public_id))
    own.post(at("diary_choice"), {"read_along": "no"})
    assert "现在就可以打" not in html(own, at("diary_page", DiaryEntry.objects.get().public_id))


def test_a_page_is_shown_to_one_person_and_taken_back(own, child, mother):
    page = diary.write_page(child=child, text=WORDS).page
    assert str(mother) in html(own, at("share_page", page.public_id))
    own.post(at("share_page", page.public_id), {"with_user": str(mother.public_id), "days": "7"})
    share = EntryShare.objects.get()
    reader = factories.signed_in(mother)
    assert child.nickname in html(reader, at("shown"))
    assert WORDS in html(reader, at("shown_entry", share.public_id))
    assert "看过了" in html(own, at("diary_page", page.public_id))
    own.post(at("withdraw_share", share.public_id))
    assert reader.get(at("shown_entry", share.public_id)).status_code == 404
    assert child.nickname not in html(reader, at("shown"))
    assert "收回了" in html(own, at("given"))


def test_danger_in_what_is_shown_brings_the_numbers(own, child, mother):
    page = diary.write_page(child=child, text=DANGER).page
    body = own.post(at("share_page", page.public_id), {"with_user": str(mother.public_id), "days": "1"})
    assert "现在就可以打" in body.content.decode()
    assert "已经给对方看了" in body.content.decode()


def test_a_mood_is_shown_too(own, child, mother):
    mood = moods.record_mood(child=child, weather=2, words=["sad"]).mood
    own.post(at("share_mood", mood.public_id), {"with_user": str(mother.public_id), "days": "1"})
    body = html(factories.signed_in(mother), at("shown_entry", EntryShare.objects.get().public_id))
    assert "下雨" in body
    assert "难过" in body


def test_a_guardian_nods_on_a_page_without_reading(mother):
    child = factories.make_teen(mother, age=12).young_profile
    page = diary.write_page(child=child, text=WORDS).page
    own, reader = factories.signed_in(child.account), factories.signed_in(mother)
    own.post(at("share_page", page.public_id), {"with_user": str(mother.public_id), "days": "7"})
    share = EntryShare.objects.get()
    body = html(reader, at("shown"))
    assert "请你点头" in body
    assert WORDS not in body
    assert reader.get(at("shown_entry", share.public_id)).status_code == 404
    reader.post(at("answer_share", share.public_id), {"answer": "yes"})
    assert WORDS in html(reader, at("shown_entry", share.public_id))


@pytest.mark.parametrize(
    "name",
    [
        "mood_kept", "change_mood", "forget_mood", "share_mood", "diary_page", "edit_diary", "forget_page",
        "share_page", "withdraw_share", "shown_entry", "answer_share", "checkin", "snooze_checkin", "skip_checkin",
    ],
)  # fmt: skip
def test_to_strangers_nothing_of_it_exists(name, child, mother):
    mood = moods.record_mood(child=child, weather=2, line=WORDS).mood
    page = diary.write_page(child=child, text=WORDS).page
    share = diary_sharing.share_page(
        child=child, public_id=page.public_id, with_user=mother.public_id, days=7, shared_by=child.account
    ).share
    plan = checkins.start_plan(child=child, times=[time(12, 20)], days=range(7))
    now = timezone.now()
    prompt = CheckInPrompt.objects.create(plan=plan, due_at=now, told_at=now)
    things = {"mood": mood, "diary": page, "page": page, "share": share, "shown": share, "checkin": prompt}
    thing = next(row for word, row in things.items() if word in name.removeprefix("share_") or word == name)
    for user in (factories.make_teen(), factories.make_parent(), factories.make_staff(), mother):
        if user == mother and name in {"shown_entry"}:
            continue
        client = factories.signed_in(user)
        for method in (client.get, client.post):
            assert method(at(name, thing.public_id), {"weather": "1", "text": "x"}).status_code in {404, 405}
    assert Client().post(at(name, thing.public_id)).status_code in {302, 405}
    assert DiaryEntry.objects.get().text == WORDS
    assert EntryShare.objects.filter(withdrawn_at=None).count() == 1


@pytest.mark.parametrize(
    "name", ["mood_chart", "export_mine", "forget_moods", "diary", "write_diary", "forget_diary", "given", "checkins"]
)
def test_rooms_of_ones_own_are_for_young_people_alone(name):
    for user in (factories.make_parent(), factories.make_staff()):
        assert factories.signed_in(user).get(at(name)).status_code == 404
    assert Client().get(at(name)).status_code == 302


def test_check_ins_are_set_up_asked_put_off_and_stopped(own, child):
    body = html(own, at("checkins"))
    assert "现在是关着的" in body
    hours = {
        "quiet_from": "21:30", "quiet_until": "07:00", "keeps_lessons": "on", "lessons_from": "07:30",
        "midday_from": "12:00", "midday_until": "13:30", "lessons_until": "17:00",
    }  # fmt: skip
    late = own.post(at("checkins"), hours | {"time_1": "23:00", "days": ["0", "1"]}).content.decode()
    assert "没有能问的时候" in late
    own.post(at("checkins"), hours | {"time_1": "12:20", "time_3": "20:30", "days": ["0", "5"]})
    plan = CheckInPlan.objects.get()
    assert (plan.times, plan.days) == ([time(12, 20), time(20, 30)], [0, 5])
    assert "停掉" in html(own, at("checkins"))
    now = timezone.now()
    prompt = CheckInPrompt.objects.create(plan=plan, due_at=now, told_at=now)
    body = html(own, at("checkin", prompt.public_id))
    assert "以后都别问了" in body
    own.post(at("checkin", prompt.public_id), {"weather": "3"})
    prompt.refresh_from_db()
    assert prompt.mood is not None
    assert "已经过去了" in html(own, at("checkin", prompt.public_id))
    own.post(at("stop_checkins"))
    assert not CheckInPlan.objects.get().is_running


@pytest.mark.parametrize("name", ["mood", "mood_chart", "diary", "given"])
def test_lists_cost_the_same_with_one_and_with_three(own, child, mother, name):
    counts = []
    for more in (1, 2):
        for _each in range(more):
            moods.record_mood(child=child, weather=3, line=WORDS)
            page = diary.write_page(child=child, text=WORDS).page
            diary_sharing.share_page(
                child=child, public_id=page.public_id, with_user=mother.public_id, days=7, shared_by=child.account
            )
        own.get(at(name))
        with CaptureQueriesContext(connection) as queries:
            own.get(at(name))
        counts.append(len(queries))
    assert counts[0] == counts[1]
