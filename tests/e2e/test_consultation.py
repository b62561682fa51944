"""Two people meet in the consultation room: they see, hear and read each other, through bad lines too."""

import os
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from catalog.scheduling.models import Booking
from tests.support.browser import DESKTOP, PHONE, each_width, picture
from tests.support.talking import Window, talking_chromium

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
BAD = 0.6


@pytest.fixture(scope="module")
def chromium(browser: Any) -> Iterator[Any]:
    with talking_chromium(browser) as opened:
        yield opened


@pytest.fixture
def open_windows(
    request: pytest.FixtureRequest, room_server: str, chromium: Any
) -> Iterator[Callable[..., list[Window]]]:
    """`open_windows(booking, ...)`: the provider's window and the family's, in front of the room."""
    complaints: list[str] = []
    opened: list[Window] = []

    def make(booking: Booking, *, before: str = "", sizes: tuple[dict, dict] = (DESKTOP, PHONE)) -> list[Window]:
        users = (booking.occupancy.provider.user, booking.booked_by)
        for user, size in zip(users, sizes, strict=True):
            window = Window.of(
                user, site=room_server, chromium=chromium, viewport=size, complaints=complaints, before=before
            )
            opened.append(window)
            window.open(booking.occupancy.public_id)
        return opened

    yield make
    for number, window in enumerate(opened):
        if getattr(request.node, "failed", False):
            picture(window.page, f"{request.node.name}-{number}")
        window.page.context.close()
    assert not complaints, "\n".join(complaints)


def make_booking(**fields: Any) -> Booking:
    from tests.factories.rooms import make_session

    return make_session(**fields)


def meet(provider: Window, family: Window, *devices: str) -> None:
    """Both come with these devices on, and the provider lets the family in."""
    for window in (provider, family):
        window.turn_on(*devices)
    provider.enter()
    family.enter()
    provider.page.get_by_role("button", name="请进", exact=True).click()
    family.wait_for_state("inside")


def test_sound_picture_and_text(open_windows):
    provider, family = open_windows(make_booking())
    for window in (provider, family):
        window.turn_on("microphone", "camera")
    family.until("document.getElementById('level').value > 0")
    family.page.fill("[data-own-name]", "小船")
    family.enter()
    assert family.state == "lobby" and "咨询师来了会请你进" in family.page.inner_text("[data-part=lobby]")
    provider.enter()
    waiting = provider.page.locator("[data-waiting] li")
    waiting.wait_for()
    assert "小船" in waiting.inner_text()
    assert provider.came_in()["open"] == 0, "nobody is seen or heard before they are let in"
    family.page.get_by_text("咨询师在里面").wait_for()
    provider.page.get_by_role("button", name="请进", exact=True).click()
    family.wait_for_state("inside")

    for window in (provider, family):
        came = window.wait_for_media("video", "frames", "audio", "energy")
        assert came["video"] > 1000 and came["audio"] > 100
        assert window.sees_other_move()
    provider.close_words()
    family.write("今天路上有点堵")
    provider.page.locator("[data-unread]", has_text="1").wait_for()
    told = provider.page.locator("[data-says]", has_text="今天路上有点堵")
    told.wait_for(state="attached")  # a screen reader is told while the words are closed
    provider.write("没关系，慢慢来")
    provider.reads("今天路上有点堵")
    family.reads("没关系，慢慢来")

    family.page.get_by_role("button", name="收起文字").click()
    family.page.locator(".bar [data-turn=camera]").click()
    provider.page.locator("[data-visit]:not(.is-seen)").wait_for()
    family.page.locator(".bar [data-turn=microphone]").click()
    provider.page.locator("[data-visit] [data-muted]").wait_for()

    provider.page.locator(".bar [data-dialog=room-end]").click()
    provider.page.locator("#room-end [data-leave]").click()
    for window in (provider, family):
        window.wait_for_state("over")
    assert "这次聊完了" in family.page.inner_text("[data-part=over]")
    assert "今天路上有点堵" not in family.page.content() + provider.page.content()


def test_one_drops_and_returns(open_windows):
    provider, family = open_windows(make_booking())
    lines: list[Any] = []

    def pass_on(route: Any) -> None:
        lines.append(route)
        route.connect_to_server()

    family.page.route_web_socket(re.compile("/ws/room/"), pass_on)
    family.page.reload()
    meet(provider, family, "microphone", "camera")
    for window in (provider, family):
        window.wait_for_media("frames", "energy")

    lines[-1].close(code=1011, reason="the line is down")
    family.page.get_by_text("网络断了，正在重新接").wait_for()
    family.write("这句在断线时写")
    family.until("!document.querySelector('[data-weather]').textContent.includes('断了')")
    assert family.state == "inside" and len(lines) == 2, "back inside without a second yes"
    provider.page.locator("[data-open-words]").click()
    provider.reads("这句在断线时写")
    assert provider.wait_for_media("frames", "energy")["open"] == 1

    family.page.reload()
    family.turn_on("microphone", "camera")
    family.enter()
    family.wait_for_state("inside")
    family.page.get_by_text("这句在断线时写").wait_for(state="attached")
    for window in (provider, family):
        window.wait_for_media("frames", "energy")
        assert window.sees_other_move()


def test_a_poor_line_keeps_the_voice_then_the_words(open_windows):
    provider, family = open_windows(make_booking())
    meet(provider, family, "microphone", "camera")
    for window in (provider, family):
        window.wait_for_media("frames", "energy")

    family.page.evaluate(f"window.lossy = {BAD}")
    offer = family.page.locator("[data-offer]")
    offer.get_by_text("先关掉画面").wait_for()
    assert family.page.locator("[data-own-tile].is-seen, .stage .tile-of--own.is-seen").count(), "offered, not forced"
    offer.get_by_role("button", name="只用声音").click()
    provider.page.locator("[data-visit] [data-state]", has_text="只用声音").wait_for()
    provider.wait_for_media("energy")
    quiet = family.came_in()["video"]
    family.wait_for_media("audio", "energy")
    assert family.came_in()["video"] - quiet < 20_000, "nor does a picture come down the poor line"

    offer.get_by_text("可以先打字").wait_for()
    offer.get_by_role("button", name="改成打字").click()
    provider.page.locator("[data-visit] [data-state]", has_text="只打字").wait_for()
    family.write("听不清，我写")
    provider.write("好，写吧")
    family.reads("好，写吧")

    family.page.evaluate("window.lossy = 0")
    family.page.locator(".bar [data-dialog=room-settings]").click()
    family.page.get_by_role("radio", name="画面和声音").check(force=True)
    family.page.locator("#room-settings [data-dialog-close]").click()
    for window in (provider, family):
        window.wait_for_media("frames", "energy")


def test_where_nobody_can_be_reached_words_arrive(open_windows):
    provider, family = open_windows(make_booking(), before="window.noWay = true;")
    meet(provider, family, "microphone")
    family.page.get_by_text("声音和画面现在接不通，先打字").first.wait_for()
    family.write("能看到吗")
    provider.page.locator("[data-words]").wait_for()
    provider.reads("能看到吗")
    assert provider.came_in()["open"] == 0


def test_advice_is_calm(chromium, room_server):
    """Offered after three poor looks, not again for a while after a no; a picture stops by itself only where it must."""
    page = chromium.new_page()
    page.goto(f"{room_server}/healthz")
    found = page.evaluate(
        """async () => {
          const { Adviser, Gauge, verdict } = await import("/static/room/quality.js");
          const after = (adviser, heard, times, sends, fell) => {
            let last = null;
            for (let time = 0; time < times; time += 1) last = adviser.hear(heard, sends, fell) ?? last;
            return last && `${last.to}${last.must ? "!" : ""}`;
          };
          const refused = new Adviser("video");
          refused.refused();
          const gauge = new Gauge();
          const report = (lost, came) => new Map([["a", { type: "inbound-rtp", packetsLost: lost, packetsReceived: came }]]);
          gauge.read(report(0, 100));
          return {
            once: after(new Adviser("video"), "bad", 2, "video"),
            weak: after(new Adviser("video"), "weak", 30, "video"),
            bad: after(new Adviser("video"), "bad", 6, "video"),
            voice: after(new Adviser("video"), "bad", 3, "voice"),
            weakVoice: after(new Adviser("video"), "weak", 30, "voice"),
            no: after(refused, "weak", 30, "video"),
            better: after(new Adviser("video"), "good", 15, "voice", true),
            chosen: after(new Adviser("video"), "good", 60, "voice", false),
            most: after(new Adviser("voice"), "good", 60, "voice", true),
            loss: gauge.read(report(50, 150)).loss,
            verdicts: [0.01, 0.1, 0.4].map((loss) => verdict({ loss, delay: 0.1, bits: null }, "video")),
            narrow: verdict({ loss: 0, delay: 0.1, bits: 60000 }, "video"),
            enough: verdict({ loss: 0, delay: 0.1, bits: 60000 }, "voice"),
          };
        }"""
    )
    page.close()
    assert found == {
        "once": None,
        "weak": "voice",
        "bad": "voice!",
        "voice": "text",
        "weakVoice": None,
        "no": None,
        "better": "video",
        "chosen": None,
        "most": None,
        "loss": 0.5,
        "verdicts": ["good", "weak", "bad"],
        "narrow": "bad",
        "enough": "good",
    }


@each_width
def test_every_state_for_everybody(open_windows, axe, viewport):
    """Axe's rules, no sideways scrolling, and the focus where the page goes on, in each state of the room."""
    provider, family = open_windows(make_booking(), sizes=(viewport, viewport))
    width = viewport["width"]

    def check(window: Window, name: str) -> None:
        axe(window.page)
        assert window.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} scrolls sideways"
        if os.environ.get("ROOM_PICTURES"):
            picture(window.page, f"room-{name}-{width}")

    def focused(window: Window) -> str:
        return str(window.page.evaluate("document.activeElement.id"))

    check(family, "check")
    provider.turn_on("microphone", "camera")
    check(provider, "check-provider")
    provider.enter()
    assert focused(provider) == "inside-title"
    check(provider, "alone")
    family.turn_on("microphone", "camera")
    check(family, "check-on")
    family.enter()
    assert focused(family) == "lobby-title"
    check(family, "lobby")
    provider.page.locator("[data-waiting] li").wait_for()
    check(provider, "waiting")
    provider.page.get_by_role("button", name="请进", exact=True).click()
    family.wait_for_state("inside")
    for window in (provider, family):
        window.wait_for_media("frames")
    check(family, "two")
    check(provider, "two-provider")
    family.write("你好，听得到吗？")
    provider.write("听得到，今天想从哪里说起都可以。")
    family.reads("今天想从哪里说起")
    check(family, "words")
    check(provider, "words-provider")
    family.page.keyboard.press("Escape")
    assert family.page.evaluate("document.activeElement.matches('[data-open-words]')"), "the focus goes back"
    family.page.locator(".bar [data-dialog=room-settings]").click()
    check(family, "settings")
    family.page.keyboard.press("Escape")
    provider.page.locator(".bar [data-dialog=room-emergency]").click()
    check(provider, "emergency")
    provider.page.locator("#room-emergency .btn--alert").click()
    provider.page.locator("[data-sheets] article").wait_for()
    check(provider, "sheet")
    provider.page.locator("#room-emergency [data-dialog-close]").click()
    family.page.locator(".bar [data-dialog=room-end]").click()
    check(family, "leaving")
    family.page.locator("#room-end [data-leave]").click()
    family.wait_for_state("over")
    assert focused(family) == "over-title"
    check(family, "left")
    family.page.locator("[data-come-again]").click()
    family.enter()
    provider.page.get_by_role("button", name="先不请进").click()
    family.wait_for_state("over")
    check(family, "declined")
    provider.page.locator(".bar [data-dialog=room-end]").click()
    provider.page.locator("#room-end [data-leave]").click()
    provider.wait_for_state("over")
    check(provider, "ended-provider")
