"""Refusals of the impact assessments."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class UnknownActivity(Refusal):
    sentence = _("没有这一项处理活动。")


class AssessedInTheFuture(Refusal):
    sentence = _("评估日期不能晚于今天。")


class AlreadyAssessed(Refusal):
    sentence = _("这一天已经有一份评估。")


class NothingWritten(Refusal):
    sentence = _("请写下看到的风险和采取的措施。")
