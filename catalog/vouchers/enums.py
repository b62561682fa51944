from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RewardKind(TextChoices):
    """What somebody got a voucher for. Never for what they said: only for having said something, or passed a link on.

    `SORRY` is no reward: a provider cancelled when it was too late to plan anew.
    """

    FEEDBACK = "feedback", _("写了反馈")
    SHARING = "sharing", _("分享了链接")
    WELCOME = "welcome", _("由分享的链接来到心桥")
    SORRY = "sorry", _("机构临时取消了预约")
