"""The short notice: one screen of a phone, words a 13-year-old knows (OVS-14).

tests/marketplace/consent/notices/test_reading.py measures it: short sentences, everyday characters, no words of lawyers.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing to know, with a picture."""

    icon: str
    tone: str
    title: Promise
    text: Promise


SHORT_NOTICE: tuple[Point, ...] = (
    Point(
        icon="edit",
        tone="pine",
        title=_("我们知道什么"),
        text=_("你告诉我们的：称呼、生日、约了谁。不用写真名。"),
    ),
    Point(
        icon="heart",
        tone="apricot",
        title=_("拿来做什么"),
        text=_("帮你找到合适的人，记住时间。不做别的。"),
    ),
    Point(
        icon="eye",
        tone="sky",
        title=_("谁能看"),
        text=_("你约的老师，只看他需要的。满 14 岁，聊了什么、测出什么，要不要给家长看，你说了算。"),
    ),
    Point(
        icon="clock",
        tone="sun",
        title=_("留多久"),
        text=_("不需要了就删。付钱的记录，法律要我们留三年。"),
    ),
    Point(
        icon="hand",
        tone="lilac",
        title=_("你可以做什么"),
        text=_("看谁看过。带走一份。改。删。说过的“可以”，随时收回。"),
    ),
    Point(
        icon="lock",
        tone="pine",
        title=_("我们不做什么"),
        text=_("不看你的脸，不听你的声音来猜心情。不卖你的资料。"),
    ),
    Point(
        icon="shield",
        tone="apricot",
        title=_("只有一种例外"),
        text=_("有人可能会受伤的时候，先保护人。要两个大人都点头，也会尽快告诉你。"),
    ),
)
