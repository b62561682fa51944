"""What a browser may send, checked before anything is done with it."""

import json
from typing import Any

from ..enums import Quality
from ..errors import MessageNotUnderstood, MessageTooLong
from ..rules import LONGEST_WORDS

#: Descriptions of a call between nine are the longest.
LONGEST_MESSAGE = 64 * 1024
_DESCRIPTIONS = ("offer", "answer", "pranswer", "rollback")
_LONGEST_ID = 64


def read(text: str | None) -> dict[str, Any]:
    """Return a message as a dict with a `type`. Raises MessageTooLong, MessageNotUnderstood."""
    if text is None:
        raise MessageNotUnderstood
    if len(text) > LONGEST_MESSAGE:
        raise MessageTooLong
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        raise MessageNotUnderstood from None
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        raise MessageNotUnderstood
    return message


def visit_of(message: dict[str, Any], key: str = "visit") -> str:
    """Return the visit a message is about."""
    return _text(message.get(key), _LONGEST_ID)


def signal_of(message: dict[str, Any]) -> dict[str, Any]:
    """Return a description or a candidate, and nothing else that a browser might have put beside it."""
    data = message.get("data")
    if not isinstance(data, dict):
        raise MessageNotUnderstood
    if "description" in data:
        return {"description": _description(data["description"])}
    if "candidate" in data:
        return {"candidate": _candidate(data["candidate"])}
    raise MessageNotUnderstood


def words_of(message: dict[str, Any]) -> tuple[str, str]:
    """Return what somebody says and their own id for it. Raises MessageTooLong."""
    text = message.get("text")
    if not isinstance(text, str) or not text.strip():
        raise MessageNotUnderstood
    if len(text) > LONGEST_WORDS:
        raise MessageTooLong
    return text.strip(), _text(message.get("id"), _LONGEST_ID)


def device_of(message: dict[str, Any]) -> dict[str, bool]:
    """Return which devices are on."""
    device = message.get("device", message)
    device = device if isinstance(device, dict) else {}
    return {name: device.get(name) is True for name in ("camera", "microphone")}


def quality_of(message: dict[str, Any]) -> str:
    """Return what somebody sends at best now."""
    quality = message.get("quality", Quality.VIDEO)
    if quality not in Quality.values:
        raise MessageNotUnderstood
    return str(quality)


def _description(given: Any) -> dict[str, str]:
    if not isinstance(given, dict) or given.get("type") not in _DESCRIPTIONS:
        raise MessageNotUnderstood
    return {"type": given["type"], "sdp": _text(given.get("sdp", ""), LONGEST_MESSAGE, may_be_empty=True)}


def _candidate(given: Any) -> dict[str, Any] | None:
    if given is None:
        return None
    if not isinstance(given, dict):
        raise MessageNotUnderstood
    line = given.get("sdpMLineIndex")
    return {
        "candidate": _text(given.get("candidate", ""), 1024, may_be_empty=True),
        "sdpMid": None if given.get("sdpMid") is None else _text(given["sdpMid"], 64, may_be_empty=True),
        "sdpMLineIndex": line if isinstance(line, int) and 0 <= line < 1024 else None,
        "usernameFragment": (
            None if given.get("usernameFragment") is None else _text(given["usernameFragment"], 256, may_be_empty=True)
        ),
    }


def _text(value: Any, longest: int, *, may_be_empty: bool = False) -> str:
    if not isinstance(value, str) or len(value) > longest or not (value or may_be_empty):
        raise MessageNotUnderstood
    return value
