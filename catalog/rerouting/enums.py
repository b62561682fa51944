from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Outcome(TextChoices):
    """What became of a session that cannot take place as it was booked."""

    OPEN = "open", _("等家庭决定")
    REFUNDED = "refunded", _("全额退款")
    REPLACED = "replaced", _("换了别的时间")
    RUN_OUT = "run_out", _("没有决定，已全额退款")
    RESTORED = "restored", _("照常进行")
    ENDED = "ended", _("预约已经结束或取消")
