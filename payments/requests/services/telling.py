"""Messages about asks. Kind to the one who asked, neutral to whoever pays: no service, no person who gives it, no need.

All are rows of the caller's transaction, with a key per fact.
"""

from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.consent.enums import DataItem
from marketplace.core.formatting import near_moment_text, yuan_text
from marketplace.families.selectors import guardians_of, young_profile_of
from marketplace.notifications.enums import Channel
from marketplace.notifications.services import notify
from payments.models import PaymentIntent, Refund
from payments.requests import selectors
from payments.requests.enums import RequestState
from payments.requests.models import GuardianDecision, PaymentRequest

_IN_APP = (Channel.IN_APP,)


def ask_url(ask: PaymentRequest) -> str:
    """Return the path of the page of the one who asked."""
    return reverse("payment_requests:mine", args=[ask.public_id])


def tell_asked(ask: PaymentRequest) -> None:
    """Tell the guardians who were asked in the app; the amount is theirs to see, the words stay in the app."""
    words = {
        "name": ask.created_by.nickname,
        "amount": yuan_text(ask.intent.amount_fen),
        "until": near_moment_text(ask.expires_at),
    }
    for guardian in selectors.addressees_of(ask):
        notify(
            key=f"ask:{ask.pk}:asked:{guardian.pk}",
            recipient=guardian,
            subject=_("请你付一笔"),
            body=_("{name} 请你帮忙付一笔，{amount}，保留到 {until}。可以付，也可以这次先不付。").format(**words),
            url=reverse("payment_requests:guardian", args=[ask.public_id]),
        )


def tell_paid(ask: PaymentRequest) -> None:
    """Tell the one who asked; the order itself tells them what is booked now."""
    _tell_asker(ask, "paid", _("有人帮你付好了"), _("你请人付的那一笔已经付好了，放心。"))


def tell_ended(ask: PaymentRequest, by_id: int | None) -> None:
    """Tell the one who asked that it will not be paid now, so that it is nobody's fault."""
    if ask.state == RequestState.DECLINED:
        _tell_asker(
            ask,
            "declined",
            _("家长说这次先不付"),
            _(
                "这次先不付，不是因为你说错了什么。留的时间已经放开。可以找个时候聊聊，也可以晚点再选。想马上有人听，12356 一直在。"
            ),
        )
    elif ask.state == RequestState.EXPIRED:
        _tell_asker(
            ask,
            "expired",
            _("请家长付的那一笔到期了"),
            _("留的时间到了，还没有付上，没有扣款。TA 可能只是没看到。需要的话可以再选一个时间，再发一次。"),
        )
    elif by_id is not None and by_id != ask.created_by_id:
        _tell_asker(
            ask,
            "revoked",
            _("家长撤回了请求"),
            _("请人付的那一笔被家长撤回了，留的时间已经放开，没有扣款。可以和 TA 聊聊。"),
        )


def tell_paid_alone(intent: PaymentIntent) -> None:
    """Tell the guardians who see bills anyway that something was paid, so that they can speak on it."""
    profile = young_profile_of(intent.buyer)
    if profile is None or DataItem.BILL.value not in profile.rules.guardian_sees:
        return
    for row in guardians_of(profile).full():
        notify(
            key=f"paid-alone:{intent.pk}:{row.guardian_id}",
            recipient=row.guardian,
            subject=_("孩子自己付了一笔"),
            body=_("{name} 在自己的额度里付了 {amount}。你可以看看，表示同意或不同意。").format(
                name=intent.buyer.nickname, amount=yuan_text(intent.amount_fen)
            ),
            url=reverse("payment_requests:alone"),
            channels=_IN_APP,
        )


def tell_decision(decision: GuardianDecision) -> None:
    """Tell the young person what a guardian said, and what follows."""
    amount = yuan_text(decision.intent.amount_fen)
    sentences = {
        "stands": _("家长同意了你自己付的 {amount}。"),
        "refunded": _("家长没有同意你自己付的 {amount}，会全额原路退回。可以和 TA 聊聊，也可以请 TA 来付。"),
        "with_staff": _("家长没有同意你自己付的 {amount}。其中有的已经用过了，由工作人员来处理，有结果会告诉你。"),
    }
    notify(
        key=f"payment-decision:{decision.pk}",
        recipient=decision.intent.buyer,
        subject=_("家长看过你付的一笔"),
        body=sentences[decision.outcome].format(amount=amount),
        channels=_IN_APP,
    )


def tell_refund_to_payer(*, intent: PaymentIntent, refund: Refund) -> None:
    """Tell a payer with an account who is not the buyer that the money is back, and nothing of why."""
    payer: User | None = refund.attempt.payer
    if payer is None or payer.pk == intent.buyer_id:
        return
    notify(
        key=f"payer-refund:{refund.pk}",
        recipient=payer,
        subject=_("退款已退回"),
        body=_("你付的一笔有 {amount} 已原路退回。").format(amount=yuan_text(refund.amount_fen)),
    )


def _tell_asker(ask: PaymentRequest, fact: str, subject: str, body: str) -> None:
    notify(
        key=f"ask:{ask.pk}:{fact}",
        recipient=ask.created_by,
        subject=subject,
        body=body,
        url=ask_url(ask),
        channels=_IN_APP,
    )
