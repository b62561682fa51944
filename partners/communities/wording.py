"""The sentences behind a proposal's reasons, in the reader's language."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from marketplace.core.formatting import yuan_text

from .enums import Because


def sentences(reasons: Iterable[Any]) -> list[str]:
    """Return a sentence for each stored reason."""
    return [_sentence(Because(code), facts) for code, facts in reasons]


def _sentence(code: Because, facts: dict[str, Any]) -> str:
    if code in (Because.HOURLY, Because.USUAL_RATE):
        named = (
            _("按公开的价格，每小时 %(sum)s") if code == Because.HOURLY else _("没有现成的价格，先按常用单价 %(sum)s")
        )
        return named % {"sum": yuan_text(facts["fen"])}
    templates = {
        Because.SAME_NEED: _("擅长这个方向"),
        Because.FREE_THEN: _("那个时间有空"),
        Because.SAME_DISTRICT: _("就在%(district)s"),
        Because.OTHER_DISTRICT: _("在%(district)s，要过来一趟"),
        Because.HAS_ROOM: _("这一周的时间约满了 %(percent)s%%"),
        Because.NO_FEE: _("社区自己的场地，不收费"),
        Because.WISHED_TIME: _("就是你们想要的时间"),
        Because.LATER_TIME: _("那个时间人手不够，往后推 %(weeks)s 周"),
        Because.NOBODY_FREE: _("要 %(wanted)s 位，六周里同一时间只找到 %(found)s 位；请换个时间，或者手工填写"),
        Because.CAME_BEFORE: _("你们以前的活动，报名 %(signed_up)s 人，来了 %(came)s 人"),
        Because.CAREFUL_GUESS: _("你们的活动还不多，先按座位的 %(percent)s%% 估计"),
        Because.BY_HAND: _("你们自己填写的"),
    }
    return templates[code] % facts
