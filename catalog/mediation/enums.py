from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Topic(TextChoices):
    """What a family says went wrong."""

    NOT_GIVEN = "not_given", _("没有按约定提供")
    DIFFERENT = "different", _("和说明的不一样")
    TECHNICAL = "technical", _("平台或连接出了问题")
    BEHAVIOUR = "behaviour", _("对服务的做法有意见")
    GOODS = "goods", _("商品有问题，或没收到")
    MONEY = "money", _("金额或退款不对")


class CaseState(TextChoices):
    """How far a dispute has come."""

    OPEN = "open", _("等机构说明")
    DECIDING = "deciding", _("平台处理中")
    CONFIRMING = "confirming", _("等第二人确认")
    DECIDED = "decided", _("已有决定")
    MEDIATING = "mediating", _("主管部门调解中")
    CLOSED = "closed", _("已结束")
    WITHDRAWN = "withdrawn", _("已撤回")


class Side(TextChoices):
    """Who speaks in a dispute, and who answers for its cause."""

    FAMILY = "family", _("家庭")
    PARTNER = "partner", _("机构")
    PLATFORM = "platform", _("平台")
    NOBODY = "nobody", _("双方都没有责任")


class Cause(TextChoices):
    """What was behind it; it names the side that answers for it."""

    TECHNICAL = "technical", _("技术原因")
    SERVICE = "service", _("服务原因")
    GOODS = "goods", _("商品或寄送原因")
    NONE = "none", _("没有发现问题")


class Level(TextChoices):
    """Who decided."""

    PLATFORM = "platform", _("平台决定")
    AUTHORITY = "authority", _("主管部门调解")


class RulingState(TextChoices):
    """WAITING: above the sum one person may decide, a second one confirms."""

    WAITING = "waiting", _("等第二人确认")
    IN_FORCE = "in_force", _("已生效")
    REFUSED = "refused", _("第二人没有同意")


#: Something is still to happen: the order's money stays here.
OPEN_CASE_STATES = (
    CaseState.OPEN,
    CaseState.DECIDING,
    CaseState.CONFIRMING,
    CaseState.DECIDED,
    CaseState.MEDIATING,
)
#: Both sides may still say something.
HEARING_STATES = (CaseState.OPEN, CaseState.DECIDING, CaseState.MEDIATING)
ENDED_CASE_STATES = (CaseState.CLOSED, CaseState.WITHDRAWN)
#: Technology is ours, what was given or sent is the partner's.
RESPONSIBLE = {
    Cause.TECHNICAL: Side.PLATFORM,
    Cause.SERVICE: Side.PARTNER,
    Cause.GOODS: Side.PARTNER,
    Cause.NONE: Side.NOBODY,
}
