"""Messages about orders. Fit for a stranger's eyes: no product, no need, no provider, no child.

All are rows of the caller's transaction, with a key per fact: however often payment is announced, people hear it once.
"""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.scheduling.enums import CancelledBy
from marketplace.accounts.duty.selectors import people_with
from marketplace.accounts.enums import Duty, Role
from marketplace.accounts.models import User
from marketplace.core.formatting import moment_text, yuan_text
from marketplace.notifications.enums import Channel
from marketplace.notifications.services import notify
from payments.payables import RefundNews

from ..models import Line, Order, OrderQuestion, RefundProposal


def order_url(order: Order) -> str:
    """Return the path of the order's page."""
    return reverse("orders:detail", args=[order.public_id])


def tell_paid(order: Order) -> None:
    """Tell the family that it is paid, and the people who give the sessions that someone comes."""
    lines = list(_booked_lines(order))
    times = _("、").join(_when(line) for line in lines)
    words = {"number": order.number, "amount": yuan_text(order.total_fen), "times": times}
    if times:
        body = _("订单 {number} 已付款 {amount}，预约成功：{times}。").format(**words)
    else:
        body = _("订单 {number} 已付款 {amount}。").format(**words)
    _tell_family(order, "paid", _("付款成功"), body)
    for line in lines:
        _tell_provider(line, "booked", _("新的预约"), _("有一个新的预约：{when}。").format(when=_when(line)))


def tell_payment_refused(order: Order, amount_fen: int) -> None:
    """Tell the family that money came too late and all of it goes back."""
    body = _("订单 {number} 的付款到得晚了，保留的时间或商品已经不在。{amount} 会全额原路退回，不用做任何事。").format(
        number=order.number, amount=yuan_text(amount_fen)
    )
    _tell_family(order, "refused", _("付款将全额退回"), body)


def tell_refunded(order: Order, news: RefundNews) -> None:
    """Tell the family that money has gone back."""
    body = _("订单 {number} 的退款 {amount} 已原路退回。").format(
        number=order.number, amount=yuan_text(news.amount_fen)
    )
    _tell_family(order, f"refunded:{news.public_id}", _("退款已退回"), body)


def tell_session_cancelled(
    order: Order, line: Line, *, by: CancelledBy, amount_fen: int, is_credit_back: bool = False
) -> None:
    """Tell both sides that a session will not take place."""
    when = _when(line)
    if by == CancelledBy.FAMILY:
        body = _("你取消了 {when} 的预约。").format(when=when)
        _tell_provider(line, "cancelled", _("预约已取消"), _("{when} 的预约已由家庭取消。").format(when=when))
    else:
        body = _("很抱歉，{when} 的预约被机构取消了。可以另选一个时间。").format(when=when)
    if amount_fen:
        body += _("{amount} 会原路退回。").format(amount=yuan_text(amount_fen))
    if is_credit_back:
        body += _("这一次已经退回次卡。")
    _tell_family(order, f"cancelled:{line.pk}", _("预约已取消"), body)


def tell_provider_cancelled(line: Line) -> None:
    """Tell whoever gives a session that it was taken back, and nothing of why."""
    _tell_provider(line, "cancelled", _("预约已取消"), _("{when} 的预约已由家庭取消。").format(when=_when(line)))


def tell_staff_of_question(question: OrderQuestion) -> None:
    """Tell our staff, in the app, that a family asks something."""
    for person in User.objects.filter(role=Role.STAFF, is_active=True):
        notify(
            key=f"order-question:{question.pk}:{person.pk}",
            recipient=person,
            subject=_("新的订单问题"),
            body=_("订单 {number} 有一个新问题，请尽快回复。").format(number=question.order.number),
            channels=[Channel.IN_APP],
        )


def tell_finance_of_proposal(proposal: RefundProposal) -> None:
    """Tell whoever is on finance duty, in the app, that a refund waits for a second person."""
    for person in people_with(Duty.FINANCE).exclude(pk=proposal.asked_by_id):
        notify(
            key=f"refund-proposal:{proposal.pk}:{person.pk}",
            recipient=person,
            subject=_("有一笔退款等你确认"),
            body=_("订单 {number} 有一笔退款要第二个人确认。").format(number=proposal.line.order.number),
            channels=[Channel.IN_APP],
        )


def tell_answered(question: OrderQuestion) -> None:
    """Tell the family that their question has an answer."""
    notify(
        key=f"order-answer:{question.pk}",
        recipient=question.asked_by,
        subject=_("你的问题有回复了"),
        body=_("订单 {number} 的问题有回复了，登录后查看。").format(number=question.order.number),
        url=order_url(question.order),
    )


def _when(line: Line) -> str:
    return moment_text(line.booking.occupancy.starts_at) if line.booking else ""


def _booked_lines(order: Order) -> QuerySet[Line]:
    return (
        Line.objects.filter(order=order, booking__isnull=False)
        .select_related("booking__occupancy__provider__partner", "booking__occupancy__provider__user")
        .order_by("booking__occupancy__starts_at")
    )


def _tell_family(order: Order, fact: str, subject: str, body: str) -> None:
    if order.user is not None:
        notify(key=f"order:{order.pk}:{fact}", recipient=order.user, subject=subject, body=body, url=order_url(order))


def _tell_provider(line: Line, fact: str, subject: str, body: str) -> None:
    """Tell whoever gives the session, and the people of the partner, each once."""
    if line.booking is None:
        return
    provider = line.booking.occupancy.provider
    people = {person.pk: person for person in provider.partner.users.filter(is_active=True)}
    if provider.user:
        people[provider.user.pk] = provider.user
    for person in people.values():
        notify(key=f"order-line:{line.pk}:{fact}:{person.pk}", recipient=person, subject=subject, body=body)
