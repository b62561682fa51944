"""The numbers a person in China can call, and what happens when they do.

12356 is the national psychological assistance line of the health commissions (in service since 1 May 2025),
12355 the youth service line of the Communist Youth League, 120 emergency medicine, 110 the police. Only numbers that
hold in the whole country stand here, each with where it is announced and the day that was last looked up; how they are
reached in one place, `places` says.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: The day the announcements were last read.
CHECKED_ON = date(2026, 11, 22)


@dataclass(frozen=True)
class Hotline:
    """One number, whom it reaches, and what to expect; `source` is who announces it, and where."""

    number: str
    name: str | Promise
    for_whom: str | Promise
    hours: str | Promise
    urgent: bool = False
    source: str | Promise = ""
    checked_on: date = CHECKED_ON


HOTLINES = (
    Hotline(
        number="12356",
        name=_("全国统一心理援助热线"),
        for_whom=_("心里很难受、想找人说说，或者有伤害自己的念头"),
        hours=_("每天至少 18 小时有人接，很多城市整夜都在"),
        urgent=True,
        source=_("国家卫生健康委 2024年12月25日通知：2025年5月1日起各地接通，每日不少于 18 小时"),
    ),
    Hotline(
        number="120",
        name=_("医疗急救"),
        for_whom=_("已经受伤、吃了药，或者叫不醒"),
        hours=_("24 小时"),
        source=_("国家卫生健康委《院前医疗急救管理办法》：全国统一急救号码"),
    ),
    Hotline(
        number="110",
        name=_("报警"),
        for_whom=_("有人正在伤害你，或者你马上会有危险"),
        hours=_("24 小时，不方便说话可以发短信到 12110"),
        source=_("公安部：全国统一报警电话；12110 是统一的短信报警号码"),
    ),
    Hotline(
        number="12355",
        name=_("青少年服务台"),
        for_whom=_("学校里、家里的事，想听听懂的人怎么说"),
        hours=_("各地时间不同，多在白天和晚上"),
        source=_("共青团中央：全国青少年维权和心理咨询服务热线"),
    ),
)

#: Numbers for what is less urgent, or for somebody who stands beside a child.
FURTHER_LINES = (
    Hotline(
        number="12338",
        name=_("妇女儿童维权热线"),
        for_whom=_("家里有人打人、威胁人，想知道法律上能怎么办"),
        hours=_("多在工作日的白天"),
        source=_("全国妇联：妇女维权公益服务热线"),
    ),
    Hotline(
        number="12345",
        name=_("政务服务便民热线"),
        for_whom=_("找民政部门、学校的主管部门，或者不知道该找谁"),
        hours=_("24 小时，人工和自助相结合"),
        source=_("国务院办公厅《关于进一步优化地方政务服务便民热线的指导意见》（2020）：7×24 小时"),
    ),
)
ALL_LINES = HOTLINES + FURTHER_LINES
