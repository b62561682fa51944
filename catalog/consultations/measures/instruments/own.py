"""Two scales of our own, without norms: they show a direction, and never call a change reliable.

They borrow no wording and no numbers from a published instrument.
"""

from django.utils.translation import gettext_lazy as _

from ..enums import Better
from .shapes import Choice, Instrument, Item

_OWN = _("心桥自己编写，可以自由使用")
_NO_NORMS = _("心桥自编，没有常模，也没有误差数据：只看走向，不能和别人比。")

GOAL = Instrument(
    key="goal",
    name=_("自己的目标（0–10）"),
    title=_("你自己的目标"),
    ask=_("离它有多近了？0 是还没有开始，10 是已经做到。"),
    items=(Item("near", _("离目标有多近")),),
    choices=tuple(Choice(points, str(points)) for points in range(11)),
    age_from=12,
    age_to=17,
    better=Better.MORE,
    licence=_OWN,
    source=_NO_NORMS,
    needs_goal=True,
)

FACES = Instrument(
    key="faces",
    name=_("四张脸（自编）"),
    title=_("这几天怎么样"),
    ask=_("每一行选一张最像你的脸。"),
    items=(
        Item("mood", _("心情")),
        Item("sleep", _("睡觉")),
        Item("friends", _("和同学在一起")),
        Item("home", _("在家里")),
    ),
    choices=(
        Choice(0, _("不好"), "sad"),
        Choice(1, _("不太好"), "low"),
        Choice(2, _("还可以"), "fair"),
        Choice(3, _("很好"), "glad"),
    ),
    age_from=8,
    age_to=11,
    better=Better.MORE,
    licence=_OWN,
    source=_NO_NORMS,
)
