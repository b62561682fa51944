"""Every refusal a person can meet where standing is decided."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal

if TYPE_CHECKING:
    from .services.publishing import Hindrance
    from .wording import Finding


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


class WordsNotAllowed(Refusal):
    """Words that this organisation may not use; `findings` says which, where, and what to write instead."""

    sentence = _("有几个词现在不能用，下面写了可以怎么说。")

    def __init__(self, findings: "Sequence[Finding]") -> None:
        named = dict.fromkeys(f"「{finding.word}」：{finding.suggestion}" for finding in findings)
        super().__init__("\n".join([str(self.sentence), *named]))
        self.findings = findings


class NotReadyToPublish(Refusal):
    """Something is missing; `hindrances` says what."""

    sentence = _("还差几样，就可以开始销售。")

    def __init__(self, hindrances: "Sequence[Hindrance]") -> None:
        super().__init__("\n".join([str(self.sentence), *(f"{each.what}：{each.how}" for each in hindrances)]))
        self.hindrances = hindrances


class VideoUnreadable(Refusal):
    sentence = _("请放 MP4 或 WebM 视频，不超过 200 MB。")


class CaptionsUnreadable(Refusal):
    sentence = _("请放 WebVTT 字幕文件（第一行是 WEBVTT）。")


class TranscriptMissing(Refusal):
    sentence = _("请写出视频的文字版，至少五十个字，方便听不见或不方便看的人。")


class PointsMissing(Refusal):
    sentence = _("清单上的每一条都要回答。")


class StandardsClosed(Refusal):
    """Published versions stay as they are."""

    sentence = _("这一版已经发布，不能再提意见。请看有没有新的一版。")
