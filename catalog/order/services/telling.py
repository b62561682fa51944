"""Messages about orders. Fit for a stranger's eyes: no product, no need, no provider, no child.

All are rows of the caller's transaction, with a key per fact: however often payment is announced, people hear it once.
"""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from catalog.scheduling.enums import BookingStatus, CancelledBy
from catalog.scheduling.models import Booking
from catalog.scheduling.services.telling import people_behind
from marketplace.accounts.duty.selectors import people_with
from marketplace.accounts.enums import Duty, Role
from marketplace.accounts.models import User
from marketplace.core.formatting import moment_text, yuan_text
from marketplace.notifications.enums import Channel
from marketplace.notifications.services import notify
from payments.payables import RefundNews

from ..enums import Why
from ..models import Line, Order, OrderQuestion, RefundProposal

#: From so many times on, the first one and their number are said instead.
MANY = 3


def order_url(order: Order) -> str:
    """Return the path of the order's page."""
    return reverse("orders:detail", args=[order.public_id])


def tell_paid(order: Order) -> None:
    """Tell the family that it is paid, and the people who give the sessions that someone comes, or asks to."""
    lines = list(_booked_lines(order))
    fixed = [line for line in lines if _status(line) != BookingStatus.PROPOSED]
    asked = [line for line in lines if _status(line) == BookingStatus.PROPOSED]
    body = _("订单 {number} 已付款 {amount}").format(number=order.number, amount=yuan_text(order.total_fen))
    if fixed:
        body += _("，预约成功：{times}").format(times=_times(fixed))
    if asked:
        body += _("；等机构确认：{times}。不能接待的话，这部分会全额退回").format(times=_times(asked))
    _tell_family(order, "paid", _("付款成功"), body + _("。"))
    for theirs in _by_provider(fixed):
        _tell_provider(theirs, "booked", _("新的预约"), _("有一个新的预约：{when}。").format(when=_times(theirs)))
    for theirs in _by_provider(asked):
        answer_by = theirs[0].booking.answer_by if theirs[0].booking else None
        body = _("有一个新的预约请求：{when}，请在 {answer_by} 前回复。").format(
            when=_times(theirs), answer_by=moment_text(answer_by) if answer_by else ""
        )
        _tell_provider(theirs, "asked", _("新的预约请求"), body)


def tell_granted(order: Order, granted: Sequence[Booking]) -> None:
    """Tell the family that a request was granted."""
    times = _("、").join(moment_text(booking.starts_at) for booking in granted[:1])
    body = _("机构确认了你 {times} 的预约，到时候见。").format(times=times)
    _tell_family(order, f"granted:{granted[0].pk}", _("预约已确认"), body)


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


#: What a family reads of sessions that will not take place, by why.
_ENDED = {
    Why.CANCELLED: gettext_noop("很抱歉，{when} 的预约被机构取消了。可以另选一个时间。"),
    Why.DECLINED: gettext_noop("很抱歉，机构不能接待 {when} 的预约。可以另选一个时间。"),
    Why.UNANSWERED: gettext_noop("很抱歉，机构没有及时确认 {when} 的预约，我们替你取消了。可以另选一个时间。"),
    Why.CALLED_OFF: gettext_noop("很抱歉，{when} 的活动这次办不成了，不是你的原因。可以看看其他场次。"),
    Why.TOO_FEW: gettext_noop("很抱歉，{when} 的活动报名人数不够，这次办不成了。可以看看其他场次。"),
}


def tell_sessions_cancelled(
    lines: Sequence[Line],
    *,
    by: CancelledBy,
    amount_fen: int,
    credits_back: int = 0,
    why: Why = Why.CANCELLED,
    words: str = "",
) -> None:
    """Tell both sides that sessions of one order will not take place."""
    when = _times(lines)
    if by == CancelledBy.FAMILY:
        body = _("你取消了 {when} 的预约。").format(when=when)
        for theirs in _by_provider(lines):
            _tell_provider(
                theirs, "cancelled", _("预约已取消"), _("{when} 的预约已由家庭取消。").format(when=_times(theirs))
            )
    else:
        body = _(_ENDED[why]).format(when=when)
    if words:
        body += _("原因：{words}。").format(words=words)
    if amount_fen:
        body += _("{amount} 会原路退回。").format(amount=yuan_text(amount_fen))
    if credits_back == 1:
        body += _("这一次已经退回次卡。")
    elif credits_back:
        body += _("{count} 次已经退回次卡。").format(count=credits_back)
    _tell_family(lines[0].order, f"cancelled:{lines[0].pk}", _("预约已取消"), body)


def tell_provider_cancelled(line: Line) -> None:
    """Tell whoever gives a session that it was taken back, and nothing of why."""
    _tell_provider([line], "cancelled", _("预约已取消"), _("{when} 的预约已由家庭取消。").format(when=_when(line)))


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


def _status(line: Line) -> str:
    return line.booking.status if line.booking else ""


def _times(lines: Sequence[Line]) -> str:
    """Return the times of sessions, once each; of a long series the first one and how many there are."""
    times = list(dict.fromkeys(_when(line) for line in lines))
    if len(times) <= MANY:
        return _("、").join(times)
    return _("{first} 起共 {count} 场").format(first=times[0], count=len(times))


def _by_provider(lines: Iterable[Line]) -> list[list[Line]]:
    """Return the lines of each provider, so that one who gives several sessions of an order hears of them once."""
    found: dict[int, list[Line]] = {}
    for line in lines:
        if line.booking is not None:
            found.setdefault(line.booking.occupancy.provider_id, []).append(line)
    return list(found.values())


def _tell_provider(lines: Sequence[Line], fact: str, subject: str, body: str) -> None:
    """Tell whoever gives these sessions, and the people of the partner, each once."""
    if lines[0].booking is None:
        return
    for person in people_behind(lines[0].booking.occupancy.provider):
        notify(key=f"order-line:{lines[0].pk}:{fact}:{person.pk}", recipient=person, subject=subject, body=body)
