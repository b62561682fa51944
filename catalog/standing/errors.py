"""Every refusal a person can meet where standing is decided."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class LicenceDatesWrong(Refusal):
    """It would end before it begins."""

    sentence = _("结束的日子在开始之前，请再看一下证照上的日期。")


class LicenceNumberMissing(Refusal):
    sentence = _("请填写证照编号。")


class NotYours(Refusal):
    """Of another organisation, or decided by another association."""

    sentence = _("没有找到这一项。")


class NotAnAssociation(Refusal):
    """Only the people of an association may stop what others offer."""

    sentence = _("只有行业协会的成员可以这样做。")


class ReasonsMissing(Refusal):
    sentence = _("请写明理由（至少十个字）。大家都会看到，请不要写任何来访者的信息。")


class AlreadyWithheld(Refusal):
    sentence = _("你们已经对这一项作出过决定，现在还有效。")


class AlreadyLifted(Refusal):
    sentence = _("这个决定已经撤销了。")


class AppealedAlready(Refusal):
    """One appeal for each decision."""

    sentence = _("已经申诉过一次，结果写在下面。")


class NoOpenAppeal(Refusal):
    sentence = _("现在没有等着答复的申诉。")


class AnsweredByTheSamePerson(Refusal):
    """Whoever decided does not judge the appeal against it."""

    sentence = _("申诉要由协会里的另一个人来答复，不能是作出决定的人。")


class FileUnreadable(Refusal):
    """Not a table in UTF-8 with the named columns."""

    sentence = _("读不了这个文件。请用 UTF-8 编码的 CSV，第一行写：名称,编号,理由,日期。")


class FileTooLong(Refusal):
    sentence = _("一次最多导入两千行，请分几个文件。")
