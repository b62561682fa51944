"""The age rules in words a 13-year-old understands: what a guardian sees, and what a birthday changes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core.formatting import yuan_text

from .age_rules import (
    CHANGES_AT,
    AccountRule,
    AgeRules,
    CommunityRule,
    CompanionRule,
    birthday,
    rules_at,
)

#: What can be seen of a young person, in the order of telling, with the items each phrase stands for.
_VIEWS: tuple[tuple[frozenset[str], str | Promise], ...] = (
    (frozenset({"booking"}), gettext_lazy("预约（时间、地点或方式、机构、价格）")),
    (frozenset({"booking_detail"}), gettext_lazy("预约的是什么服务")),
    (frozenset({"bill"}), gettext_lazy("账单")),
    (frozenset({"plan"}), gettext_lazy("支持计划")),
    (frozenset({"score", "report"}), gettext_lazy("测评分数和报告")),
    (frozenset({"session_note"}), gettext_lazy("咨询记录")),
    (frozenset({"mood", "diary"}), gettext_lazy("心情和日记")),
    (frozenset({"chat"}), gettext_lazy("聊天内容")),
)

_ACCOUNT = {
    AccountRule.PARENT_ONLY: gettext_lazy("没有自己的账号，由家长使用"),
    AccountRule.GUARDIAN_CONSENT: gettext_lazy("家长同意后，可以有自己的账号"),
    AccountRule.OWN_WITH_NOTICE: gettext_lazy("可以自己注册，会告诉监护人"),
    AccountRule.OWN: gettext_lazy("自己的账号，自己做主"),
}
_COMMUNITY = {
    CommunityRule.OFF: gettext_lazy("不开放"),
    CommunityRule.READ_ONLY: gettext_lazy("可以看，不能发"),
    CommunityRule.PRE_MODERATED: gettext_lazy("可以发，先看过再公开"),
    CommunityRule.POST_MODERATED: gettext_lazy("可以发"),
}
_COMPANION = {
    CompanionRule.OFF: gettext_lazy("不开放"),
    CompanionRule.GUARDIAN_CONSENT: gettext_lazy("监护人同意后可以用"),
    CompanionRule.OPEN: gettext_lazy("可以用"),
}


def guardian_sees(rules: AgeRules) -> list[str]:
    """Return what a guardian sees unasked, phrase by phrase; safety is told beside it."""
    return [str(phrase) for items, phrase in _VIEWS if items <= rules.guardian_sees]


def guardian_does_not_see(rules: AgeRules) -> list[str]:
    """Return what stays with the young person unless they share it."""
    return [str(phrase) for items, phrase in _VIEWS if not items <= rules.guardian_sees]


@dataclass(frozen=True)
class Change:
    """One line of what a birthday changes."""

    title: str
    before: str
    after: str


@dataclass(frozen=True)
class NextBirthday:
    """The next birthday that changes rules, and how."""

    age: int
    on: date
    changes: list[Change]


def next_birthday(born_on: date, today: date) -> NextBirthday | None:
    """Return the next birthday that changes something, None for an adult."""
    for age in CHANGES_AT:
        on = birthday(born_on, age)
        if on > today:
            return NextBirthday(age, on, changes_at(age))
    return None


def changes_at(age: int) -> list[Change]:
    """Return what is different from this birthday on, in the order of the table."""
    before, after = rules_at(age - 1), rules_at(age)
    lines = ((str(title), describe(before), describe(after)) for title, describe in _DESCRIPTIONS)
    return [Change(title, old, new) for title, old, new in lines if old != new]


def _sees_in_words(rules: AgeRules) -> str:
    if rules.is_adult:
        return _("什么都看不到，由自己决定分享")
    seen = guardian_sees(rules)
    if not seen:
        return _("由孩子决定分享什么；有安全风险时除外")
    if not guardian_does_not_see(rules):
        return _("全部；个别安全记录除外")
    return _("、").join(seen)


def _pay_in_words(rules: AgeRules) -> str:
    most = rules.self_pay_most
    if most.once_fen is None:
        return _("不限")
    if not most.once_fen:
        return _("不能自己付，由家长付")
    words = {"once": yuan_text(most.once_fen), "month": yuan_text(most.month_fen or 0)}
    if rules.self_pay.once_fen:
        return _("一次最多 %(once)s，一个月最多 %(month)s") % words
    return _("家长可以开放：一次最多 %(once)s，一个月最多 %(month)s") % words


def _minutes_in_words(rules: AgeRules) -> str:
    if rules.daily_minutes is None:
        return _("不限")
    return _("每天 %(minutes)s 分钟，夜里休息；求助随时都在") % {"minutes": rules.daily_minutes}


_DESCRIPTIONS: tuple[tuple[str | Promise, Callable[[AgeRules], str]], ...] = (
    (gettext_lazy("账号"), lambda rules: str(_ACCOUNT[rules.account])),
    (gettext_lazy("家长默认能看到"), _sees_in_words),
    (gettext_lazy("自己付款"), _pay_in_words),
    (gettext_lazy("AI 伙伴小桥"), lambda rules: str(_COMPANION[rules.companion])),
    (gettext_lazy("社区"), lambda rules: str(_COMMUNITY[rules.community])),
    (gettext_lazy("使用时间"), _minutes_in_words),
)
