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
