"""Published rules, earnings and accounts of the tests' own, in a few words."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from marketplace.accounts.models import User
from payments.ledger.enums import AccountKind
from payments.ledger.selectors import balance_fen
from payments.settlement.enums import Channel, EarnedBy
from payments.settlement.models import Earning, FeeLine, FeeVersion, Payout, PayoutAccount, Statement
from payments.settlement.rules import month_before
from payments.settlement.services import Delivered, approve_payout, draft_payout, draw_up_statement, earn
from payments.settlement.services.accounts import AccountDetails
from tests import factories

DETAILS = AccountDetails(Channel.ALIPAY, "示例机构", "new@example.com")
RATES = (("platform", 800), ("channel", 60), ("public_good", 100))
TEXTS = {
    name: name
    for name in (
        "price_rules",
        "price_rules_en",
        "commission_rules",
        "commission_rules_en",
        "refund_rules",
        "refund_rules_en",
    )
}


def make_fees(
    rates: Sequence[tuple[str, int]] = RATES, *, valid_from: datetime | None = None, published: bool = True
) -> FeeVersion:
    """A version of the rules with these shares, in force since a year ago unless said otherwise."""
    version = FeeVersion.objects.create(
        number=factories.next_number(),
        valid_from=valid_from or timezone.now() - timedelta(days=365),
        drafted_by=factories.make_staff(),
        **TEXTS,
    )
    for code, bps in rates:
        FeeLine.objects.create(version=version, code=code, label=code, label_en=code, bps=bps)
    if published:
        version.published_by, version.published_at = factories.make_staff(), version.valid_from
        version.save()
    return version


def earned(
    paid_fen: int,
    *,
    borne_fen: int = 0,
    payee: UUID | None = None,
    fees: FeeVersion | None = None,
    source_id: int | None = None,
    at: datetime | None = None,
    about: tuple[str, int] | None = None,
) -> Earning:
    """Something a partner earned, available since the month before this one."""
    at = at or last_month()
    earning = earn(
        Delivered(
            source=("thing", source_id or factories.next_number()),
            payee=payee or uuid4(),
            earned_by=EarnedBy.SESSION,
            paid_fen=paid_fen,
            borne_fen=borne_fen,
            fulfilled_at=at,
            available_at=at,
            fee_version=fees,
            about=about,
            reference="X1",
        )
    )
    assert earning is not None
    return earning


def last_month() -> datetime:
    """Noon of the tenth of the month before this one."""
    return timezone.make_aware(datetime.combine(month_before(timezone.localdate()), datetime.min.time())) + timedelta(
        days=9, hours=12
    )


def stated(payee: UUID, period_on: date | None = None) -> Statement | None:
    """The statement of last month."""
    return draw_up_statement(payee=payee, period_on=period_on or month_before(timezone.localdate()))


def make_account(payee: UUID, *, channel: Channel = Channel.ALIPAY) -> PayoutAccount:
    """An account that counts since a week."""
    past = timezone.now() - timedelta(days=8)
    return PayoutAccount.objects.create(
        payee=payee,
        channel=channel,
        holder="示例机构",
        number="pay@example.com",
        asked_by=factories.make_user(),
        asked_at=past,
        confirmed_by=factories.make_staff(),
        confirmed_at=past,
        effective_at=past + timedelta(days=1),
    )


def approved(payee: UUID, *, first: User | None = None, second: User | None = None) -> Payout:
    """A payout of everything payable, approved by a second person."""
    payout = draft_payout(payee=payee, drafted_by=first or factories.make_staff())
    return approve_payout(payout=payout, approved_by=second or factories.make_staff())


def partner_fen(payee: UUID) -> int:
    """What the ledger says we owe a partner."""
    return -balance_fen(AccountKind.PARTNER, str(payee))
