"""WeChat's way of writing times and words."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from payments.gateways.base import GatewayUnclear

#: WeChat's days and hours everywhere.
WECHAT_ZONE = ZoneInfo("Asia/Shanghai")
_UNSAFE = re.compile(r"[<>&\"'\\\x00-\x1f\x7f]")
_DESCRIPTION_LENGTH = 127


def time_text(moment: datetime) -> str:
    """An aware time as WeChat reads it: RFC 3339 with Beijing's offset."""
    return moment.astimezone(WECHAT_ZONE).isoformat(timespec="seconds")


def time_of(text: str) -> datetime:
    """The aware time of WeChat's text. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time without an offset")
    return moment


def clean_text(text: str) -> str:
    """Without what WeChat's pages would alter, and not too long."""
    return _UNSAFE.sub("", text)[:_DESCRIPTION_LENGTH]


def fen_of(content: Mapping[str, Any], name: str = "total") -> int:
    """An amount of an answer, in fen. Raises GatewayUnclear for another currency or no amount."""
    amount = content.get("amount")
    amount = amount if isinstance(amount, dict) else {}
    fen = amount.get(name)
    if not isinstance(fen, int) or isinstance(fen, bool) or amount.get("currency", "CNY") != "CNY":
        raise GatewayUnclear(f"no {name} in CNY")
    return fen


def foreign_fields(content: Mapping[str, Any], ours: Mapping[str, str]) -> str:
    """Names of the fields that are present and speak of another merchant or app."""
    return ",".join(name for name, mine in ours.items() if content.get(name, mine) != mine)
