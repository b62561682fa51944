"""What an activity is, and the grounds the law gives for one."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CONTRACT = _("履行你要的服务（《个人信息保护法》第十三条第二项）")
CONSENT = _("你的同意；不满 14 岁由监护人同意（第十三条第一项、第二十九条、第三十一条）")
DUTY = _("法律规定的义务（第十三条第三项）")
LIFE = _("紧急情况下保护生命健康（第十三条第四项）")

NOBODY_ELSE = _("没有别人")


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One thing we do with personal data, in words for a person; `why` is the purpose.

    `models` are where the data is kept (labels of Django models), `retention` the keys of the retention table.
    `needs_assessment`: sensitive data, or data of children, so that it is assessed every year (PIPL 55).
    """

    key: str
    icon: str
    title: Promise
    what: Promise
    why: Promise
    who: Promise
    choices: Promise
    basis: Promise
    measures: Promise
    models: tuple[str, ...]
    retention: tuple[str, ...]
    needs_assessment: bool = False
