from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ShipmentStatus(TextChoices):
    WAITING = "waiting", _("待发货")
    SHIPPED = "shipped", _("已发货")
    DELIVERED = "delivered", _("已签收")
    STOPPED = "stopped", _("已停止")


class TrackingKind(TextChoices):
    """What a carrier says of a parcel."""

    COLLECTED = "collected", _("已揽收")
    MOVING = "moving", _("运输中")
    NEAR = "near", _("派送中")
    DELIVERED = "delivered", _("已签收")
    PROBLEM = "problem", _("有问题，请联系快递")


class PartState(TextChoices):
    """How far one seller's part of an order has come; worked out, never stored."""

    WAITING = "waiting", _("待交付")
    PARTLY = "partly", _("部分完成")
    SENT = "sent", _("已发货")
    DONE = "done", _("已完成")
    ENDED = "ended", _("已退或已取消")
