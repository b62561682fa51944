"""Nothing personal in logs: what a message, an exception or the database says is masked before it is written."""

import logging
import re

from .minimising import IDENTITY_NUMBER

#: Chinese mobile numbers with or without +86, spaces or dashes.
_PHONE = re.compile(r"(?<!\d)(?:\+?86[\s-]?)?(1[3-9]\d)[\s-]?\d{4}[\s-]?(\d{4})(?!\d)")
_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}")
#: PostgreSQL repeats the row a constraint refused: names, numbers and texts.
_DETAIL = re.compile(r"(DETAIL|CONTEXT|HINT):\s.*")

#: A line that a visitor's text begins would look like one of ours.
_CONTROL = {number: f"\\x{number:02x}" for number in (*range(0x20), 0x7F, 0x85) if number != 0x09}

_exceptions = logging.Formatter()


def masked(text: str) -> str:
    """Return a text without what tells who somebody is: 138****0000, ***@***, and no rows of the database."""
    text = _DETAIL.sub(r"\1: (masked)", text)
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
