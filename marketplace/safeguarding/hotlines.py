"""The numbers a person in China can call, and what happens when they do.

12356 is the national psychological assistance line of the health commissions (in service since 1 May 2025),
12355 the youth service line of the Communist Youth League, 120 emergency medicine, 110 the police.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Hotline:
    """One number, whom it reaches, and what to expect."""

    number: str
    name: str | Promise
    for_whom: str | Promise
    hours: str | Promise
    urgent: bool = False


HOTLINES = (
    Hotline(
        number="12356",
        name=_("全国统一心理援助热线"),
        for_whom=_("心里很难受、想找人说说，或者有伤害自己的念头"),
        hours=_("每天至少 18 小时有人接，很多城市整夜都在"),
        urgent=True,
    ),
    Hotline(
        number="120",
        name=_("医疗急救"),
        for_whom=_("已经受伤、吃了药，或者叫不醒"),
        hours=_("24 小时"),
    ),
    Hotline(
        number="110",
        name=_("报警"),
        for_whom=_("有人正在伤害你，或者你马上会有危险"),
        hours=_("24 小时，不方便说话可以发短信到 12110"),
    ),
    Hotline(
        number="12355",
        name=_("青少年服务台"),
        for_whom=_("学校里、家里的事，想听听懂的人怎么说"),
        hours=_("各地时间不同，多在白天和晚上"),
    ),
)
