"""Who holds the phone, and the silent step by which a page learns the payer's openid."""

import hashlib
import secrets

from payments.simulators.clock import Clock
from payments.simulators.wechat.keys import APP_ID

_CODE_SECONDS = 300


class OauthError(Exception):
    """A refusal with WeChat's errcode; it still comes with HTTP 200."""

    def __init__(self, errcode: int, errmsg: str) -> None:
        super().__init__(errmsg)
        self.errcode, self.errmsg = errcode, errmsg


def openid_for(person: str, app_id: str = APP_ID) -> str:
    """The same person has another openid in every app."""
    return "o" + hashlib.sha256(f"{app_id}:{person}".encode()).hexdigest()[:27]


class People:
    """The person whose WeChat is open now (`current`), and the one-time codes handed out."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.current = "demo"
        self._known = {openid_for("demo")}
        self._codes: dict[str, tuple[str, float]] = {}

    def reset(self) -> None:
        """The demo's person again."""
        self.become("demo")
        self._codes.clear()

    def become(self, person: str) -> None:
        """Hand the phone to somebody."""
        self.current = person
        self._known.add(openid_for(person))

    @property
    def openid(self) -> str:
        """Of whoever holds the phone."""
        return openid_for(self.current)

    def knows(self, openid: str) -> bool:
        """Whether this openid is one of the merchant's app."""
        return openid in self._known

    def code(self) -> str:
        """A one-time code for whoever holds the phone."""
        code = secrets.token_hex(16)
        self._codes[code] = (self.openid, self._clock.now() + _CODE_SECONDS)
        return code

    def openid_of_code(self, code: str) -> str:
        """Redeem a code, once. Raises OauthError."""
        openid, until = self._codes.pop(code, ("", 0.0))
        if not openid:
            raise OauthError(40029, "invalid code")
        if until < self._clock.now():
            raise OauthError(42003, "oauth_code超时")
        return openid
