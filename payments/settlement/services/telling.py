"""Messages to a partner's people about its money: sums and times, never what was done for whom."""

from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.core.formatting import moment_text, yuan_text
from marketplace.notifications.services import notify
from payments.payees import payees
from payments.settlement.models import Payout, PayoutAccount, Statement


def _tell(payee: UUID, *, key: str, subject: str, body: str) -> None:
    for person in payees().people(payee):
        notify(
            key=f"{key}:{person.pk}",
            recipient=person,
            subject=subject,
            body=body,
            url=payees().statement_path(payee),
        )


def tell_account_asked(account: PayoutAccount) -> None:
    """Everybody who manages the partner hears that its account is to change."""
    _tell(
        account.payee,
        key=f"account:{account.pk}:asked",
        subject=_("收款账户要变更"),
        body=_("有人申请更换你们机构的收款账户。不是你们提出的，请马上在对账单页面停止它。"),
    )


def tell_account_confirmed(account: PayoutAccount) -> None:
    """... and from when the new one counts."""
    assert account.effective_at is not None
    _tell(
        account.payee,
        key=f"account:{account.pk}:confirmed",
        subject=_("收款账户变更已确认"),
        body=_("新的收款账户将从 {moment} 起使用。在那之前，可以在对账单页面停止这次变更。").format(
            moment=moment_text(account.effective_at)
        ),
    )


def tell_account_stopped(account: PayoutAccount) -> None:
    """... or that nothing changes."""
    _tell(
        account.payee,
        key=f"account:{account.pk}:stopped",
        subject=_("收款账户没有变更"),
        body=_("这次收款账户变更已停止，继续使用原来的账户。"),
    )


def tell_statement(statement: Statement) -> None:
    """A month is drawn up."""
    _tell(
        statement.payee,
        key=f"statement:{statement.pk}",
        subject=_("{month} 对账单").format(month=f"{statement.period_on:%Y-%m}"),
        body=_("{month} 的对账单已出：本月收入 {net}，结余 {closing}。").format(
            month=f"{statement.period_on:%Y-%m}",
            net=yuan_text(statement.net_fen),
            closing=yuan_text(statement.closing_fen),
        ),
    )


def tell_paid_out(payout: Payout) -> None:
    """Money has arrived."""
    _tell(
        payout.payee,
        key=f"payout:{payout.pk}:paid",
        subject=_("付款已到账"),
        body=_("心桥付给你们机构的 {amount} 已到账。").format(amount=yuan_text(payout.amount_fen)),
    )


def tell_payout_failed(payout: Payout) -> None:
    """Money could not be sent; nothing of it is lost."""
    _tell(
        payout.payee,
        key=f"payout:{payout.pk}:failed",
        subject=_("付款没有成功"),
        body=_("付给你们机构的 {amount} 没有成功，钱仍记在你们名下。请核对收款账户，我们会重新付。").format(
            amount=yuan_text(payout.amount_fen)
        ),
    )
