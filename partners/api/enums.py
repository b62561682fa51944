"""What a key may do, what partners' programs are told, and how far the telling has come."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Scope(TextChoices):
    """One thing a key may do. A key has the ones its maker ticked, and never more than its maker may do."""

    CATALOGUE_READ = "catalogue:read", _("读咨询师和服务")
    CALENDAR_READ = "calendar:read", _("读日历和空余时间")
    BOOKINGS_READ = "bookings:read", _("读预约，不含称呼")
    CLIENTS_READ = "clients:read", _("预约里再加上来访者的称呼（逐个按家庭的授权）")
    BOOKINGS_WRITE = "bookings:write", _("登记到场、由机构取消预约")
    ORDERS_READ = "orders:read", _("读自己机构的订单")
    SHIPMENTS_READ = "shipments:read", _("读包裹和收件地址")
    SHIPMENTS_WRITE = "shipments:write", _("登记发货")
    FHIR_READ = "fhir:read", _("用 FHIR 读日程和预约，不含称呼")


class CallState(TextChoices):
    """How far a call that must not happen twice has come."""

    RUNNING = "running", _("正在处理")
    DONE = "done", _("已完成")


class EventKind(TextChoices):
    """What a partner's program can be told."""

    BOOKING_BOOKED = "booking.booked", _("有了新的预约")
    BOOKING_MOVED = "booking.moved", _("预约改了时间")
    BOOKING_CANCELLED = "booking.cancelled", _("预约取消了")
    BOOKING_ATTENDED = "booking.attended", _("登记了到场或未到")
    ORDER_PAID = "order.paid", _("订单付款了")
    PING = "ping", _("试一试")


#: What an address can be asked to hear; a ping comes when somebody asks for one.
HEARABLE = tuple(kind for kind in EventKind if kind != EventKind.PING)


class DeliveryState(TextChoices):
    WAITING = "waiting", _("等待送出")
    DELIVERED = "delivered", _("已送到")
    FAILED = "failed", _("没有送到")
