"""Two people in a consultation room, each with a window of a Chromium whose camera and microphone are made up."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from marketplace.accounts.models import User
from marketplace.accounts.selectors import agreements_in_force
from marketplace.accounts.services import accept_agreements

from .browser import FLAGS, chromium_program, enter_as, open_window

#: A green clock and a beep each second; no question whether they may be used. A machine without network has only itself.
FAKE_DEVICES = [
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--allow-loopback-in-peer-connection",
    "--disable-features=WebRtcHideLocalIpsWithMdns",
]
PATIENCE_MS = 120_000
#: Keeps the connections a page makes, so that a test can ask them what came through. A busy machine is no poor line:
#: how good it is, the test says (`lossy`).
_SPY = """
window.calls = [];
const Plain = window.RTCPeerConnection;
window.RTCPeerConnection = class extends Plain {
  constructor(settings = {}) {
    super(window.noWay ? { ...settings, iceTransportPolicy: "relay" } : settings);
    window.calls.push(this);
  }
  async getStats() {
    const report = new Map();
    for (const [id, each] of await super.getStats()) {
      if (each.type !== "remote-inbound-rtp" && each.type !== "candidate-pair") report.set(id, { ...each, packetsLost: 0 });
    }
    if (window.lossy) report.set("made up", { type: "remote-inbound-rtp", fractionLost: window.lossy });
    return report;
  }
};
"""
_CAME_IN = """async () => {
  const found = { video: 0, frames: 0, audio: 0, energy: 0, level: 0, open: 0 };
  for (const call of window.calls.filter((each) => each.connectionState === "connected")) {
    found.open += 1;
    for (const each of (await call.getStats()).values()) {
      if (each.type !== "inbound-rtp") continue;
      found[each.kind] += each.bytesReceived;
      if (each.kind === "video") found.frames += each.framesDecoded ?? 0;
      else { found.energy += each.totalAudioEnergy ?? 0; found.level = Math.max(found.level, each.audioLevel ?? 0); }
    }
  }
  return found;
}"""


@contextmanager
def talking_chromium(browser: Any) -> Iterator[Any]:
    """Another Chromium of the same program, with made-up devices."""
    chromium = browser.browser_type.launch(executable_path=chromium_program(), args=[*FLAGS, *FAKE_DEVICES])
    yield chromium
    chromium.close()


@dataclass
class Window:
    """One person's window."""

    page: Any
    site: str

    @classmethod
    def of(
        cls, user: User, *, site: str, chromium: Any, viewport: dict[str, int], complaints: list[str], before: str = ""
    ) -> "Window":
        """Open a window signed in as somebody; `before` runs before each page's scripts."""
        accept_agreements(user=user, agreements=agreements_in_force())
        page = open_window(chromium, viewport, complaints)
        page.set_default_timeout(PATIENCE_MS)
        enter_as(page, site, user)
        page.add_init_script(before + _SPY)
        return cls(page, site)

    def until(self, expression: str) -> None:
        """Wait until something is true in the page; its policy forbids the browser tool's own waiting, which evaluates."""
        deadline = time.monotonic() + PATIENCE_MS / 1000
        while not self.page.evaluate(expression):
            assert time.monotonic() < deadline, f"never came true: {expression}"
            self.page.wait_for_timeout(200)

    def open(self, room: Any) -> None:
        """Open the room's page: the device check."""
        self.page.goto(f"{self.site}/room/{room}/")

    def turn_on(self, *devices: str) -> None:
        """Press the buttons of the devices, and wait until they are on."""
        for device in devices:
            button = self.page.locator(f"[data-part=check] [data-turn={device}]")
            button.click()
            self.page.locator(f"[data-part=check] [data-turn={device}][aria-pressed=true]").wait_for()

    def enter(self) -> None:
        """Go to the lobby, or straight in."""
        self.page.locator("[data-enter]").click()
        self.until("document.getElementById('room').dataset.state !== 'check'")

    @property
    def state(self) -> str:
        return str(self.page.evaluate("document.getElementById('room').dataset.state"))

    def wait_for_state(self, state: str) -> None:
        self.until(f"document.getElementById('room').dataset.state === '{state}'")

    def came_in(self) -> dict[str, float]:
        """What came through from the others so far: bytes of video and audio, frames, energy of the sound."""
        return dict(self.page.evaluate(_CAME_IN))

    def wait_for_media(self, *kinds: str) -> dict[str, float]:
        """Wait until more of each kind (video, audio, frames, energy) has come than now; return it."""
        before = self.came_in()
        wanted = " && ".join(f"now.{kind} > {before[kind] if before['open'] else 0}" for kind in kinds)
        self.until(f"async () => {{ const now = await ({_CAME_IN})(); return {wanted}; }}")
        return self.came_in()

    def sees_other_move(self) -> bool:
        """Wait until the other's picture runs on."""
        video = "document.querySelector('[data-visit] video')"
        begun = self.page.evaluate(f"{video}.currentTime")
        self.until(f"{video}.currentTime > {begun} + 0.5 && {video}.videoWidth > 0")
        return True

    def write(self, text: str) -> None:
        """Write something and send it by the Enter key."""
        if not self.page.locator("[data-words]").is_visible():
            self.page.locator("[data-open-words]").click()
        self.page.locator("#say").fill(text)
        self.page.keyboard.press("Enter")

    def close_words(self) -> None:
        """Close the words where they opened by themselves: on a slow machine it takes long to reach the other."""
        if self.page.locator("[data-words]").is_visible():
            self.page.locator("[data-close-words]").click()

    def reads(self, text: str) -> None:
        """Wait until something stands among the words."""
        self.page.locator("[data-said]").get_by_text(re.compile(text)).wait_for()
