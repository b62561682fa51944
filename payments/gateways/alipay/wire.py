"""Alipay's way of writing money, times and words."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

#: Alipay's clock everywhere, written without an offset.
ALIPAY_ZONE = ZoneInfo("Asia/Shanghai")
#: Said when a trade is paid whose money is partly a partner's: it can then be shared out later.
ROYALTY_FREEZE = {"royalty_freeze": "true"}
_TIME_FORMAT = "%Y-%m-%d %H:%M:%S"
_YUAN = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,2}))?")
_UNSAFE = re.compile(r"""[<>&"'/\\=\x00-\x1f\x7f]""")
_SUBJECT_LENGTH = 128


def yuan_text(fen: int) -> str:
    """36000 -> 360.00, by integers alone."""
    return f"{fen // 100}.{fen % 100:02d}"


def fen_of(yuan: str) -> int:
    """360.00 or 360.5 -> fen, by integers alone. Raises ValueError."""
    match = _YUAN.fullmatch(yuan)
    if match is None:
        raise ValueError(f"not an amount in yuan: {yuan!r}")
    return int(match[1]) * 100 + int((match[2] or "0").ljust(2, "0"))


def time_text(moment: datetime) -> str:
    """An aware time as Alipay writes it."""
    return moment.astimezone(ALIPAY_ZONE).strftime(_TIME_FORMAT)


def time_of(text: str) -> datetime:
    """The aware time of Alipay's text. Raises ValueError."""
    return datetime.strptime(text, _TIME_FORMAT).replace(tzinfo=ALIPAY_ZONE)


def clean_subject(subject: str) -> str:
    """Without the characters that browsers or Alipay alter, which would break the signature."""
    return _UNSAFE.sub("", subject)[:_SUBJECT_LENGTH]
