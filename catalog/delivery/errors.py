"""Every refusal that families and community workers can meet."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class NotDeliverable(Refusal):
    """Not this family's parcel, arrived, stopped, or somebody comes with it already."""

    sentence = _("这个包裹现在不能请社区送。")


class NobodyDelivers(Refusal):
    """The community does not bring parcels, or not in this language."""

    sentence = _("这个社区现在不送，或者没有会说这种话的人。可以换一个。")


class DayOutOfReach(Refusal):
    """Today or earlier, or more than four weeks ahead."""

    sentence = _("请选明天起四个星期以内的日子。")


class NotOpen(Refusal):
    """Delivered or cancelled before."""

    sentence = _("这次上门已经完成或者取消了。")


class NotYourTask(Refusal):
    """Somebody else's to do."""

    sentence = _("没有找到这次上门。")


class NotInTeam(Refusal):
    """Who is to come does not work for this community."""

    sentence = _("这个人不在你们的团队里。")


class NotThereYet(Refusal):
    """The seller has not sent the parcel to the community."""

    sentence = _("包裹还没有发出，不能交给家庭。")


class NotExplained(Refusal):
    """Something of the list was left out."""

    sentence = _("每一项都讲过以后，再请家人报交接码。")


class WrongCode(Refusal):
    sentence = _("交接码不对，请家人再看一下手机上的六位数字。")


class CodeLocked(Refusal):
    """Tried too often."""

    sentence = _("试错太多次了。请家人在“我的包裹”里换一个新的交接码。")
