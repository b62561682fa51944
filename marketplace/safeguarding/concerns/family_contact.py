"""Who of the family may be told about a concern, by its kind, its urgency and the age: the desk's rule in words.

From 14 on a young person decides about their own information (PIPL article 31); life and limb go before that (article 13
(4)). Where somebody at home may be the danger, nobody at home is told before the report (law on minors, article 11).
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.safeguarding.enums import Kind, Level


@dataclass(frozen=True, slots=True)
class FamilyRule:
    """`first`: whom to speak to first; `then`: who may be told and on what condition; `never`: what must not happen."""

    first: Promise
    then: Promise
    never: Promise


_PERSON = _("先和本人说，商量由谁、怎么告诉家里人。")
_PERSON_NOW = _("先和本人说一声；人有生命危险时，一边打 120 或 110 一边联系。")
_NO_SECRET = _("不承诺保密，不瞒着本人。")
_ABUSE = FamilyRule(
    first=_("先报警（110），24 小时内告知民政。"),
    then=_("和警方、民政商量后，才联系一位没有伤害过 TA 的大人。"),
    never=_("报告之前不联系家长；任何时候都不让可能伤害 TA 的人知道是谁说的。"),
)
_URGENT = FamilyRule(
    first=_PERSON_NOW,
    then=_("联系现在能陪在身边的监护人；家里可能就是危险的来源时，改找学校或另一位大人。"),
    never=_("不群发，不在班级群里问；只说让人安全所需要的话。"),
)
_YOUNGER = FamilyRule(
    first=_PERSON,
    then=_("不满 14 岁：告诉监护人，和孩子一起说；家里可能是危险的来源时先报告。"),
    never=_NO_SECRET,
)
_OLDER = FamilyRule(
    first=_PERSON,
    then=_("满 14 岁：本人同意才告诉家里人；情况变成紧急时按紧急的规则。"),
    never=_NO_SECRET,
)
_UNKNOWN_AGE = FamilyRule(
    first=_PERSON,
    then=_("不知道年龄：先问年龄；不满 14 岁告诉监护人，满 14 岁先要本人同意。"),
    never=_NO_SECRET,
)


def family_rule(kind: str, urgency: int, decides_alone: bool | None) -> FamilyRule:
    """Return the rule. `decides_alone`: the person is 14 or older; None where nobody knows."""
    if kind == Kind.ABUSE:
        return _ABUSE
    if urgency >= Level.URGENT:
        return _URGENT
    if decides_alone is None:
        return _UNKNOWN_AGE
    return _OLDER if decides_alone else _YOUNGER
