from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class GrantSource(TextChoices):
    """Where sessions paid for ahead came from."""

    ORDER_LINE = "order_line", _("购买的次卡")
    PLAN_CYCLE = "plan_cycle", _("会员赠送的次数")
    GOODWILL = "goodwill", _("平台补偿")
