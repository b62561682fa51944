"""Messages about returns. Fit for a stranger's eyes: no product, only the order's number."""

from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.accounts.enums import Role
from marketplace.accounts.models import User
from marketplace.core.formatting import day_text, yuan_text
from marketplace.notifications.enums import Channel
from marketplace.notifications.services import notify

from ..models import ReturnRequest


def tell_family(request: ReturnRequest, fact: str) -> None:
    """Tell the family what became of its return."""
    number = request.line.order.number
    subject, words = {
        "approved": (_("可以寄回了"), _("订单 {number} 的退货可以寄回了，请在 {day} 前交给快递。")),
        "refused": (_("退货没有通过"), _("订单 {number} 的退货没有通过，登录后看原因；不同意可以在订单里告诉我们。")),
        "received": (_("退货已收到"), _("订单 {number} 的退货已收到，{amount} 会原路退回。")),
        "lapsed": (_("退货已关闭"), _("订单 {number} 的退货没有寄出，已经关闭。需要的话，可以在订单里问我们。")),
    }[fact]
    notify(
        key=f"return:{request.pk}:{fact}",
        recipient=request.asked_by,
        subject=subject,
        body=words.format(
            number=number,
            day=day_text(request.send_by) if request.send_by else "",
            amount=yuan_text(request.refund_fen),
        ),
        url=reverse("returns:detail", args=[request.public_id]),
    )


def tell_partner(request: ReturnRequest, fact: str) -> None:
    """Tell the partner's people what the family did."""
    subject, words = {
        "asked": (_("有一个退货申请"), _("订单 {number} 申请退货，请在三天内答复；不答复会自动同意。")),
        "withdrawn": (_("退货已撤回"), _("订单 {number} 的退货撤回了。")),
        "sent": (_("退货在路上"), _("订单 {number} 的退货已寄出，收到后请确认。")),
    }[fact]
    partner = request.line.partner
    for person in partner.users.filter(is_active=True) if partner else ():
        notify(
            key=f"return:{request.pk}:{fact}:{person.pk}",
            recipient=person,
            subject=subject,
            body=words.format(number=request.line.order.number),
            url=reverse("clinics:returns"),
        )


def tell_staff(request: ReturnRequest, fact: str) -> None:
    """Ask our staff, once, to look into a return that is stuck."""
    for person in User.objects.filter(role=Role.STAFF, is_active=True):
        notify(
            key=f"return:{request.pk}:{fact}:{person.pk}",
            recipient=person,
            subject=_("有一个退货卡住了"),
            body=_("订单 {number} 的退货需要人看一下。").format(number=request.line.order.number),
            channels=[Channel.IN_APP],
        )
