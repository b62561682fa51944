"""What happened with money, step by step, in words for the person it belongs to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core.formatting import near_moment_text, yuan_text
from payments import selectors
from payments.enums import Company, RefundState
from payments.models import PaymentAttempt, PaymentIntent, Refund


class StepState(StrEnum):
    """Where a step stands. HELP: people of ours see to it."""

    DONE = "done"
    NOW = "now"
    TODO = "todo"
    HELP = "help"


@dataclass(frozen=True)
class Step:
    """One line of a story; `text` says what happens next, where something does."""

    title: str | Promise
    state: StepState
    at: datetime | None = None
    text: str | Promise = ""
    icon: str = "check"


#: Adds what a room above knows of some intents: their steps, by the intent's id.
Chapter = Callable[[Sequence[int]], dict[int, list[Step]]]

_chapters: list[Chapter] = []


def register_chapter(chapter: Chapter) -> None:
    """Let a room above payments tell its part, from its AppConfig.ready()."""
    _chapters.append(chapter)


def story_of(intent: PaymentIntent) -> list[Step]:
    """An intent from the first moment to what comes next, oldest first; refunds tell their own (refund_steps)."""
    steps = [Step(_("下单"), StepState.DONE, intent.created_at, icon="receipt"), *_payment_steps(intent)]
    told = [step for chapter in _chapters for step in chapter([intent.pk]).get(intent.pk, [])]
    return steps + sorted(told, key=lambda step: (step.at is None, step.at and step.at.timestamp()))


def _payment_steps(intent: PaymentIntent) -> list[Step]:
    if intent.paid_at and intent.settled_by:
        text = _("用{company}付了 {sum}。").format(
            company=company_name(intent.settled_by), sum=yuan_text(intent.amount_fen)
        )
        return [Step(_("付款"), StepState.DONE, intent.paid_at, text, "wallet")]
    if intent.is_open:
        until = _("保留到 {until}。").format(until=near_moment_text(intent.expires_at))
        return [Step(_("等待付款"), StepState.NOW, text=until, icon="wallet")]
    late = intent.attempts.filter(paid_at__isnull=False).order_by("paid_at").first()
    if late:
        text = _("钱到的时候，保留的时间已经过了，所以全额退回。")
        return [Step(_("付款到得晚了"), StepState.DONE, late.paid_at, text, "wallet")]
    return [Step(_("没有付款，已结束"), StepState.DONE, text=_("没有扣款。"), icon="close")]


def company_name(attempt: PaymentAttempt) -> str:
    """How a payer calls the company of an attempt."""
    return str(Company(attempt.gateway).label)


_SENTENCES = {
    RefundState.REQUESTED: gettext_lazy("退款马上发给支付公司，不用做任何事。"),
    RefundState.SENT: gettext_lazy("支付公司正在退。一般很快；退到银行卡可能要几个工作日。"),
    RefundState.SUCCEEDED: gettext_lazy("已经退到原来付款的账户。"),
    RefundState.NEEDS_MANUAL: gettext_lazy(
        "支付公司没能自动退回，我们的同事正在处理。钱一定会退给你，不用做任何事，办好会告诉你。"
    ),
}


@dataclass(frozen=True)
class RefundStory:
    """One refund as three steps and a sentence on what happens next."""

    refund: Refund
    steps: tuple[Step, Step, Step]
    sentence: str | Promise


def refund_story(refund: Refund) -> RefundStory:
    """How far a refund has come."""
    state = RefundState(refund.state)
    sent = StepState.DONE if refund.sent_at else StepState.NOW
    arrived = {
        RefundState.REQUESTED: StepState.TODO,
        RefundState.SENT: StepState.NOW,
        RefundState.SUCCEEDED: StepState.DONE,
        RefundState.NEEDS_MANUAL: StepState.HELP,
    }[state]
    last = _("人工处理") if state == RefundState.NEEDS_MANUAL else _("到账")
    return RefundStory(
        refund,
        (
            Step(_("申请"), StepState.DONE, refund.requested_at),
            Step(_("发出"), sent, refund.sent_at),
            Step(last, arrived, refund.finished_at),
        ),
        _SENTENCES[state],
    )


def refund_stories(intent: PaymentIntent) -> list[RefundStory]:
    """All refunds of an intent, the newest first."""
    return [refund_story(refund) for refund in selectors.refunds_of(intent.pk).reverse()]
