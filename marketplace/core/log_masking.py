"""Nothing personal in logs: what a message, an exception or the database says is masked before it is written."""

import logging
import re

from .minimising import IDENTITY_NUMBER

#: Chinese mobile numbers with or without +86, spaces or dashes.
_PHONE = re.compile(r"(?<!\d)(?:\+?86[\s-]?)?(1[3-9]\d)[\s-]?\d{4}[\s-]?(\d{4})(?!\d)")
_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}")
#: PostgreSQL repeats the row a constraint refused: names, numbers and texts.
_DETAIL = re.compile(r"(DETAIL|CONTEXT|HINT):\s.*")

#: Addresses that open something to whoever knows them (marketplace.doors: Whose.SECRET), up to the part that must stay unknown.
#: deploy/examples/nginx.conf says the same for its log.
_SECRET_PATH = re.compile(
    r"(/(?:bookings/feed|family/invitation|help/worried/follow|pay/for|vouchers/from|privacy/rights/certificates"
    r"|talks/seat|editor/password_reset/confirm/[^/\s]+)/|/privacy/complaints/(?=[0-9a-f]{8}-))[^/\s?\"'.]+"
)

#: A line that a visitor's text begins would look like one of ours.
_CONTROL = {number: f"\\x{number:02x}" for number in (*range(0x20), 0x7F, 0x85) if number != 0x09}

_exceptions = logging.Formatter()


def without_secrets(text: str) -> str:
    """Return a text in which addresses that open something by themselves are cut short: /bookings/feed/***.ics."""
    return _SECRET_PATH.sub(r"\1***", text)


def masked(text: str) -> str:
    """Return a text without what tells who somebody is or opens what is theirs: 138****0000, ***@***, no database rows."""
    text = without_secrets(_DETAIL.sub(r"\1: (masked)", text))
    text = IDENTITY_NUMBER.sub("(identity number)", text)
    text = _EMAIL.sub("***@***", text)
    return _PHONE.sub(r"\1****\2", text)


class MaskPersonal(logging.Filter):
    """A handler's filter: whatever logger a record came from, it leaves masked, traceback included."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = masked(record.getMessage()).translate(_CONTROL), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = _exceptions.formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = masked(record.exc_text)
        if record.stack_info:
            record.stack_info = masked(record.stack_info)
        return True
