from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class NotTheirDuty(Refusal):
    """The person does not have this duty."""

    sentence = _("这位同事没有这项职责，请先在账号里加上。")


class ShiftTooLong(Refusal):
    """Nobody is on duty for longer than a day and a night."""

    sentence = _("一个班次最长 24 小时，请分成几段。")


class ShiftHasNoLength(Refusal):
    """It ends before it begins."""

    sentence = _("结束时间要晚于开始时间。")


class MayNotPlan(Refusal):
    """Only a lead plans shifts."""

    sentence = _("只有负责人可以排班。")


class NotOurStaff(Refusal):
    """Only a colleague has duties."""

    sentence = _("这不是在职的同事。")


class NothingChanges(Refusal):
    """What is asked for holds already."""

    sentence = _("和现在的职责一样，没有要改的。")


class ChangeWaits(Refusal):
    """Somebody has already asked for another change."""

    sentence = _("这位同事已经有一项变更在等第二个人，先处理那一项。")


class ChangeIsOver(Refusal):
    """It was decided, or taken back."""

    sentence = _("这项变更已经处理过了。")


class NeedsAnother(Refusal):
    """Whoever asked, and whom it is about, does not decide."""

    sentence = _("要由另一位同事确认：提出的人和本人都不能自己同意。")


class DutiesMoved(Refusal):
    """The duties are others than when it was asked."""

    sentence = _("提出以后，职责又变过了。请收回这一项，重新提出。")


class LastLead(Refusal):
    """Without a lead nobody could change anything any more."""

    sentence = _("这是最后一位负责人，先请另一位同事成为负责人。")
