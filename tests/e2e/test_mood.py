"""A mood, a diary page shown and taken back, and a letter with its answer, in a browser at both widths."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cms.wellbeing.models import DiaryEntry, EntryShare, MoodEntry
from cms.wellbeing.services.moods import record_mood
from marketplace.accounts.enums import Duty
from marketplace.accounts.models import User
from marketplace.safeguarding.letters.models import Letter, LetterThread
from tests.factories.people import make_parent, make_staff, make_teen
from tests.support.browser import both_widths, enter_as

pytestmark = [pytest.mark.django_db(transaction=True), both_widths]

PAGE = "今天和同桌一起走回家，桂花开了。"


@pytest.fixture
def site(gunicorn_server: str) -> str:
    return gunicorn_server


def become(page: Any, site: str, user: User | None) -> None:
    page.context.clear_cookies()
    if user:
        enter_as(page, site, user)


def test_a_mood_and_a_page_for_one_person(page: Any, site: str, look: Callable[[Any], None]):
    mother = make_parent(children=0, nickname="妈妈小林")
    teen = make_teen(mother)
    for days in (1, 2, 5):
        record_mood(child=teen.young_profile, weather=days % 5 + 1, now=timezone.now() - timedelta(days=days))
    become(page, site, teen)

    # Two presses, by the keyboard too.
    page.goto(f"{site}/practice/mood/")
    look(page)
    page.get_by_role("radio", name="雷雨").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="记下").press("Enter")
    page.get_by_role("heading", name="记下了").wait_for()
    look(page)
    assert MoodEntry.objects.order_by("-pk").first().weather == 3
    page.locator("#main").get_by_role("link", name="回头看").first.click()
    page.get_by_text("没记的日子空着").wait_for()
    page.get_by_text("看数字").click()
    look(page)

    # A page of the diary, shown and taken back.
    page.get_by_role("link", name="日记", exact=True).click()
    page.get_by_role("link", name="写一篇").click()
    page.get_by_label("今天想记下什么").fill(PAGE)
    look(page)
    page.get_by_role("button", name="存好").click()
    page.get_by_role("link", name="给一个人看").click()
    page.get_by_role("radio", name="妈妈小林").check()
    look(page)
    page.get_by_role("button", name="给 TA 看").click()
    page.get_by_text("看到").first.wait_for()
    look(page)
    become(page, site, mother)
    page.goto(f"{site}/practice/diary/shown/")
    page.get_by_role("link", name=teen.nickname).click()
    page.get_by_text(PAGE).wait_for()
    look(page)
    become(page, site, teen)
    page.goto(f"{site}/practice/diary/{DiaryEntry.objects.get().public_id}/")
    page.get_by_role("button", name="收回").click()
    page.get_by_text("收回了").first.wait_for()
    become(page, site, mother)
    gone = page.goto(f"{site}/practice/diary/shown/{EntryShare.objects.get().public_id}/")
    assert gone.status == 404


def test_a_stranger_keeps_today_in_the_browser(page: Any, site: str, look: Callable[[Any], None]):
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.goto(f"{site}/practice/mood/")
    page.locator("label", has_text="转晴").click()
    page.get_by_role("button", name="记下").click()
    page.get_by_text("只在这台设备上，过了今天就忘掉").wait_for()
    look(page)
    page.reload()
    assert page.get_by_role("radio", name="转晴").is_checked()
    page.get_by_role("button", name="从这台设备上忘掉").click()
    assert page.evaluate("localStorage.getItem('xinqiao.mood')") is None
    assert set(sent) == {"GET"}
    assert not MoodEntry.objects.exists()


def test_check_ins_and_a_letter(page: Any, site: str, look: Callable[[Any], None]):
    teen, counsellor = make_teen(), make_staff(duties=[Duty.COUNSELLING])
    become(page, site, teen)
    page.goto(f"{site}/practice/check-ins/")
    look(page)
    page.get_by_role("button", name="打开").click()
    page.get_by_role("button", name="停掉").click()
    page.get_by_text("现在是关着的").wait_for()

    page.goto(f"{site}/letters/")
    look(page)
    page.get_by_role("link", name="写一封信").click()
    page.get_by_label("写信").fill("这次月考没考好，不知道怎么跟妈妈说。")
    page.get_by_label("落款").fill("小鱼")
    look(page)
    page.get_by_role("button", name="寄出去").click()
    page.get_by_text("最晚").first.wait_for()
    look(page)
    become(page, site, counsellor)
    page.goto(f"{site}/letters/desk/")
    look(page)
    page.get_by_role("link", name="青少年").click()
    page.get_by_label("回信").fill("小鱼，你好。谢谢你写信来。")
    look(page)
    page.get_by_role("button", name="寄出回信").click()
    page.get_by_text("回信寄出去了").wait_for()
    become(page, site, teen)
    page.goto(f"{site}/letters/")
    page.get_by_text("有一封回信").first.wait_for()
    page.goto(f"{site}/letters/{LetterThread.objects.get().public_id}/")
    page.get_by_text("谢谢你写信来").wait_for()
    look(page)
    assert Letter.objects.get(is_answer=True).opened_at is not None
