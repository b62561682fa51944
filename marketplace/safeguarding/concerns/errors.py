from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class NotOnDuty(Refusal):
    """Only who is on safety duty now does something about a concern."""

    sentence = _("只有正在值安全班的同事可以处理。")


class AlreadyTaken(Refusal):
    """Somebody else looks after it."""

    sentence = _("已经有同事接手了，请先和 TA 说一声。")


class NotTaken(Refusal):
    """Nobody looks after it yet."""

    sentence = _("还没有人接手，请先接手。")


class ConcernClosed(Refusal):
    """It is over."""

    sentence = _("这件事已经结束，请先重新打开。")


class ConcernOpen(Refusal):
    """It is not over."""

    sentence = _("这件事还没有结束。")


class OpenElsewhere(Refusal):
    """The same person has another open concern of the kind."""

    sentence = _("同一个人的同一类事已经另有一件在处理，请看那一件。")


class WordsMissing(Refusal):
    """A reason or a note has to be written."""

    sentence = _("请写几句，让接着看的人明白。")


class ReportFirst(Refusal):
    """Suspected abuse is reported before anybody of the family hears of it, and before it is closed."""

    sentence = _("怀疑有大人在伤害孩子：先报警并告知民政部门，记下这两步，再联系家人或结束。")


class NoSuchStep(Refusal):
    """The playbook of this kind has no such step."""

    sentence = _("没有这一步。")


class OnlyLeads(Refusal):
    """Drills and training records are for leads."""

    sentence = _("只有负责人可以这样做。")


class SecondPersonNeeded(Refusal):
    """Whoever asked does not decide."""

    sentence = _("要由另一位同事来决定。")


class StillSealed(Refusal):
    """Who it is has not been opened by two people."""

    sentence = _("身份没有打开：要一位同事写明理由，另一位同事同意。")


class AlreadyAsked(Refusal):
    """Somebody has asked already."""

    sentence = _("已经有一个请求在等另一位同事决定。")


class NothingSealed(Refusal):
    """There is nobody to be known."""

    sentence = _("这里没有可以打开的身份。")
