"""What a young person may pay alone, and what none may sign.

Civil Code, art. 19 and 20: below 8 nothing, below 18 small deals of daily life, anything else through a guardian. Rules on
protecting minors online, art. 44: a cap once and in a month. The caps themselves stand in `families.age_rules`, and what a
guardian chose inside them in `families.selectors.self_pay_of`.
"""

from datetime import datetime

from django.db.models import Q, Sum
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.families.age_rules import NOTHING, SelfPay
from marketplace.families.rules import has_others_pay
from marketplace.families.selectors import self_pay_of, young_profile_of
from payments.enums import OPEN_ATTEMPT_STATES, AttemptState
from payments.errors import SelfPayTooMuch
from payments.models import PaymentAttempt, PaymentIntent


def may_sign_agreement(user: User) -> bool:
    """Whether this person may agree to recurring debits, or to a plan: an adult, as far as account and profile say."""
    return bool(user.is_authenticated) and not has_others_pay(user)


def self_pay_caps(user: User) -> SelfPay:
    """What this person may pay alone, once and in a calendar month, in fen; None: no limit."""
    if not has_others_pay(user):
        return SelfPay(None, None)
    profile = young_profile_of(user)
    return self_pay_of(profile) if profile else NOTHING


def self_pay_left_fen(user: User, *, now: datetime | None = None, besides: PaymentIntent | None = None) -> int | None:
    """How much this person may still pay alone at once, in fen; None: no limit.

    `besides`: an intent whose own attempts do not count, because it is paid once however often it is tried.
    """
    caps = self_pay_caps(user)
    left = [] if caps.once_fen is None else [caps.once_fen]
    if caps.month_fen is not None:
        left.append(caps.month_fen - _paid_alone_fen(user, now or timezone.now(), besides))
    return max(0, min(left)) if left else None


def refuse_beyond_caps(payer: User, intent: PaymentIntent) -> None:
    """Refuse what a young person may not pay alone. The caller holds the person's lock. Raises SelfPayTooMuch."""
    left = self_pay_left_fen(payer, besides=intent)
    if left is not None and intent.amount_fen > left:
        raise SelfPayTooMuch


def _paid_alone_fen(user: User, now: datetime, besides: PaymentIntent | None) -> int:
    """What this person paid since the month began in Shanghai, and what may still be paid by what they started."""
    month = timezone.localtime(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    # Closed here and still to be looked at: the company had no trade to close, so its page may still take money.
    on_its_way = Q(state__in=OPEN_ATTEMPT_STATES) | Q(state=AttemptState.CLOSED, next_check_at__isnull=False)
    kept = Q(state=AttemptState.SUCCEEDED, paid_at__gte=month) | Q(state=AttemptState.SUSPENSE) | on_its_way
    attempts = PaymentAttempt.objects.filter(kept, payer=user)
    if besides is not None:
        attempts = attempts.exclude(intent=besides)
    sums = attempts.aggregate(fen=Sum("amount_fen"), back=Sum("refunded_fen"))
    return (sums["fen"] or 0) - (sums["back"] or 0)
