from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class AlreadyTaken(Refusal):
    sentence = _("已经有同事在处理这件投诉了。")


class NotYours(Refusal):
    sentence = _("这件投诉在另一位同事手上，请先让同事转交。")


class NotOpen(Refusal):
    sentence = _("这件投诉已经有了结果，不能再改。")


class NotAnswered(Refusal):
    sentence = _("现在还没有答复。")


class TooLateToObject(Refusal):
    sentence = _("申请复核的时间已经过了。如果有新的情况，请再提一次投诉。")


class AlreadyObjected(Refusal):
    sentence = _("这件投诉已经复核过了。")


class SameReader(Refusal):
    sentence = _("复核要由另一位同事来做：第一次的答复是你写的。")


class WrongCode(Refusal):
    sentence = _("编号或查询码不对，请核对后再试。")
