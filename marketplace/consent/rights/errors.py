"""Every refusal a person can meet while using their data rights."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal

from .registry import Obstacle


class NotYoursToAsk(Refusal):
    """The person's age or the guardian's scope leaves it to somebody else."""

    sentence = _("这件事要由本人来申请。")


class AlreadyAsked(Refusal):
    """One open request of a kind for a person."""

    sentence = _("已经有一份同样的申请在办理了，不用重复提交。")


class ObstaclesLeft(Refusal):
    """Something has to be settled before an erasure; `obstacles` says what and where."""

    sentence = _("还有几件事没有结束，先处理好再删除。")

    def __init__(self, obstacles: Sequence[Obstacle]) -> None:
        super().__init__()
        self.obstacles = list(obstacles)


class KeptForNow(Refusal):
    """A legal hold."""

    sentence = _(
        "依照法律，这些资料现在需要暂时保留，不能删除。保留结束后可以再申请；想了解情况，请联系个人信息保护负责人。"
    )


class TooLateToWithdraw(Refusal):
    """The request is being carried out, or is over."""

    sentence = _("已经开始处理或已经办完，不能撤回了。")


class NotARealDate(Refusal):
    """A birth date that is none, lies in the future or is older than a person gets."""

    sentence = _("请写一个真实的日期，例如 2012-05-20。")


class AlreadyAnswered(Refusal):
    """A colleague was faster."""

    sentence = _("这份申请已经有人回复了。")


class FileGone(Refusal):
    """The copy's seven days are over, or the person was erased."""

    sentence = _("这份文件已经删除。需要的话可以再申请一份。")
