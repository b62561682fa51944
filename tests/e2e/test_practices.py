"""Practices, a game and the coping plan in a browser: for anybody, by keyboard, and without a network."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cms.wellbeing.models import CopingPlan, GameDay, PracticeRun
from cms.wellbeing.practices import BY_SLUG
from cms.wellbeing.rules.games import CAP_SECONDS
from tests import factories
from tests.support.browser import both_widths, enter_as

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = 60_000


def stop_clock(page: Any) -> None:
    """From now on time passes in `page` only by `clock.run_for`: a slow machine would breathe on by itself."""
    page.clock.pause_at(timezone.now() + timedelta(hours=1))


def say(page: Any) -> str:
    return page.locator("[data-say]").text_content()


@both_widths
def test_breathing_runs_pauses_and_ends(gunicorn_server, page, look):
    page.clock.install()
    page.goto(f"{gunicorn_server}/practice/")
    look(page)
    page.get_by_role("link", name="跟着圆呼吸").click()
    flower, word = page.locator("[data-flower]"), page.locator("[data-word]")
    stop_clock(page)
    page.get_by_role("button", name="开始").press("Enter")
    page.clock.run_for(2_000)
    assert word.text_content() == say(page) == "吸气"
    opening = flower.evaluate("it => it.style.transform")
    page.clock.run_for(1_500)
    assert flower.evaluate("it => it.style.transform") > opening
    page.clock.run_for(1_500)
    assert word.text_content() == "呼气"
    page.get_by_role("button", name="停一下").press("Enter")
    page.clock.run_for(5_000)
    assert word.text_content() == "停在这里"
    page.clock.resume()
    look(page)
    page.get_by_role("button", name="接着来").press("Enter")
    page.clock.run_for(3 * MINUTE)
    page.clock.run_for(15_000)
    assert word.text_content() == "到这里就好" == say(page)
    assert page.get_by_role("button", name="再来一次").is_visible()


def test_a_body_that_wants_no_motion_gets_none(gunicorn_server, page):
    page.emulate_media(reduced_motion="reduce")
    page.clock.install()
    page.goto(f"{gunicorn_server}/practice/breathing/")
    stop_clock(page)
    page.get_by_role("button", name="开始").click()
    page.clock.run_for(3_000)
    assert page.locator("[data-word]").text_content() == "吸气" and page.locator("[data-count]").text_content() in "34"
    assert page.locator("[data-flower]").evaluate("it => it.style.transform") == ""


@both_widths
def test_what_was_felt_is_said_and_kept_on_request(gunicorn_server, page, look):
    teen = factories.make_teen()
    enter_as(page, gunicorn_server, teen)
    page.goto(f"{gunicorn_server}/practice/grounding/")
    page.get_by_text("先给现在打个分").click()
    page.locator("[name=before][value='6']").check()
    for number in (5, 4, 3, 2, 1):
        for box in page.locator("[data-sense]:not([hidden]) input").all():
            box.press("Space")
        assert number == 1 or page.locator("[data-sense]:not([hidden]) input").count() == number - 1
    assert page.get_by_role("heading", name="你在这里").is_visible()
    page.locator("[name=after][value='4']").check()
    assert page.locator("[data-change-text]").text_content() == "前 6，后 4"
    look(page)
    page.get_by_role("button", name="存下来").click()
    page.get_by_role("heading", name="我以前的几次").wait_for()
    assert PracticeRun.objects.get(owner=teen).felt == {"before": 6, "after": 4}


def test_words_stay_in_the_tab_and_longer_only_when_asked(gunicorn_server, page):
    page.goto(f"{gunicorn_server}/practice/worry-time/")
    page.get_by_label("来了一个担心").fill("月考")
    page.get_by_label("来了一个担心").press("Enter")
    assert page.locator("[data-cars] li").count() == 1
    assert page.evaluate("localStorage.length") == 0
    page.get_by_label("在这台设备上记住").check()
    assert page.evaluate("localStorage.length") == 1
    page.reload()
    page.get_by_role("button", name="开走：月考").click()
    assert page.locator("[data-cars] li").count() == 0
    page.get_by_role("button", name="全部清掉").click()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


@both_widths
def test_a_game_by_keyboard_comes_to_a_kind_end(gunicorn_server, page, look):
    teen = factories.make_teen()
    enter_as(page, gunicorn_server, teen)
    page.clock.install()
    page.goto(f"{gunicorn_server}/practice/games/trains/")
    page.get_by_role("button", name="开始").press("Enter")
    thoughts = []
    for key in "123":
        page.clock.run_for(2_000)
        thoughts.append(page.locator("[data-thought]").text_content())
        page.keyboard.press(key)
        assert "开走" in page.locator("[data-said-here]").text_content()
        page.clock.run_for(3_000)
    assert len(set(thoughts)) == 3
    look(page)
    page.clock.run_for(timedelta(seconds=CAP_SECONDS).total_seconds() * 1000)
    rest = page.get_by_role("heading", name="今天玩到这里")
    assert rest.is_visible() and not page.locator("[data-play]").is_visible()
    look(page)
    page.goto(f"{gunicorn_server}/practice/games/reach/")
    assert rest.is_visible()
    assert GameDay.objects.get(owner=teen).seconds > CAP_SECONDS - 30


def test_the_browser_alone_remembers_the_day_of_a_visitor(gunicorn_server, page):
    page.clock.install()
    page.goto(f"{gunicorn_server}/practice/games/reach/")
    page.get_by_role("button", name="开始").press("Enter")
    page.keyboard.press("2")
    assert page.locator("[data-said-here]").text_content()
    page.get_by_role("button", name="下一张").press("Enter")
    page.clock.run_for(CAP_SECONDS * 1000)
    page.reload()
    assert page.get_by_role("heading", name="今天玩到这里").is_visible()
    assert not GameDay.objects.exists()


@both_widths
def test_the_plan_is_there_without_a_network(gunicorn_server, page, look):
    plan = f"{gunicorn_server}/practice/plan/"
    page.goto(plan)
    look(page)
    page.get_by_role("button", name="不想说话").click()
    page.get_by_label("我可以找的大人").fill("姑姑 139 0000 0000\n班主任")
    assert page.evaluate("localStorage.length") == 0
    page.get_by_role("button", name="存在这台设备上").click()
    page.locator("[data-plan][data-offline-ready]").wait_for()
    look(page)
    page.context.set_offline(True)
    page.goto(plan)
    assert page.evaluate("fetch('/healthz').then(() => true, () => false)") is False
    assert page.get_by_text("现在没有网络").is_visible()
    assert page.get_by_role("link", name="139 0000 0000").get_attribute("href") == "tel:13900000000"
    assert page.locator("[data-shown=signs]").text_content() == "不想说话"
    assert page.locator(".plan-card").evaluate("it => getComputedStyle(it).borderRadius") != "0px"
    page.get_by_role("button", name="改一改").click()
    page.get_by_label("让我愿意再等一等").fill("家里的猫")
    page.get_by_role("button", name="存在这台设备上").click()
    page.reload()
    assert page.locator("[data-shown=hopes]").text_content() == "家里的猫"
    page.goto(f"{gunicorn_server}/help/now/")
    assert page.locator("a[href='tel:12356']").first.is_visible()
    page.context.set_offline(False)
    page.goto(plan)
    page.get_by_role("button", name="改一改").click()
    page.get_by_role("button", name="从这台设备清掉").click()
    page.get_by_role("button", name="清掉", exact=True).click()
    page.get_by_text("这台设备上的已经清掉了").wait_for()
    assert (
        page.evaluate(
            "Promise.all([caches.keys(), navigator.serviceWorker.getRegistrations()]).then(all => all.flat().length)"
        )
        == 0
    )
    assert page.evaluate("localStorage.length") == 0


def test_nothing_of_a_person_gets_into_the_browsers_store(gunicorn_server, page):
    teen = factories.make_teen(nickname="小禾禾")
    enter_as(page, gunicorn_server, teen)
    page.goto(f"{gunicorn_server}/practice/plan/")
    page.get_by_label("我快撑不住的时候").fill("手心出汗")
    page.get_by_role("button", name="存到我的账号").click()
    page.get_by_text("存到你的账号里了").wait_for()
    assert CopingPlan.objects.get(owner=teen).sections == {"signs": "手心出汗"}
    page.get_by_role("button", name="改一改").click()
    page.get_by_role("button", name="存在这台设备上").click()
    page.locator("[data-plan][data-offline-ready]").wait_for()
    held = page.evaluate(
        "caches.keys().then(names => Promise.all(names.map(name => caches.open(name))))"
        ".then(stores => Promise.all(stores.map(store => store.matchAll())))"
        ".then(answers => Promise.all(answers.flat().map(answer => answer.text()))).then(texts => texts.join())"
    )
    assert "我的应对卡" in held and "12356" in held
    assert "小禾禾" not in held and "手心出汗" not in held and 'name="csrfmiddlewaretoken"' not in held


def test_the_plan_prints_on_one_page(gunicorn_server, page):
    enter_as(page, gunicorn_server, factories.make_teen())
    page.goto(f"{gunicorn_server}/practice/plan/")
    for box in page.locator("textarea").all():
        box.fill("手心出汗\n不想说话\n把自己关在房间")
    for size in ("A4", "A5"):
        for _ in range(2):  # to be filled in by hand, then as the card
            pdf = page.pdf(format=size)
            assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page/") == 1, size
            if page.get_by_role("button", name="看看成品").is_visible():
                page.get_by_role("button", name="看看成品").click()


@both_widths
@pytest.mark.parametrize("slug", [*BY_SLUG])
def test_every_practice_reads_well(gunicorn_server, page, look, slug):
    page.goto(f"{gunicorn_server}/practice/{slug}/")
    start = page.locator("[data-go]")
    if start.count():
        start.click()
        assert page.locator("[data-end]").is_visible()
    look(page)
