from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ShipmentStatus(TextChoices):
    WAITING = "waiting", _("待发货")
    SHIPPED = "shipped", _("已发货")
    DELIVERED = "delivered", _("已签收")
    STOPPED = "stopped", _("已停止")
