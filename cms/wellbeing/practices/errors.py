"""Every refusal somebody can meet with practices, games and the plan."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class NothingToKeep(Refusal):
    """A run without a rating and without a word."""

    sentence = _("还没有打分，也没有写字，没有什么要存的。")


class EnoughForToday(Refusal):
    """More runs in a day than anybody does; a guard of the store."""

    sentence = _("今天已经存了很多次，先歇一歇，明天再来。")


class PlanChangedElsewhere(Refusal):
    """Another window or device saved in between; its words are not overwritten."""

    sentence = _("这张卡在别的窗口或设备上改过。你写的还在下面；请先看看账号里最新的那一份，再决定存哪一份。")


class PlanEmpty(Refusal):
    """A plan without a word."""

    sentence = _("还没有写内容。写一句也可以存。")
