"""Who may ask, whom, and who may do what with an ask."""

from datetime import timedelta

from marketplace.accounts.models import User
from marketplace.core.throttling import Pace
from marketplace.families.age_rules import AccountRule
from marketplace.families.models import Child
from marketplace.families.rules import has_others_pay, is_full_guardian
from marketplace.families.selectors import young_profile_of
from payments.requests.models import PaymentRequest

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

#: Asks and new links of one person: enough for a change of mind, too few to pester anybody.
ASKS = Pace("payment-ask", free=10, first_wait=5 * _MINUTE, longest_wait=3 * _HOUR, forgotten_after=_DAY)
#: Links tried from one address that are nobody's.
WRONG_LINKS = Pace(
    "payment-link", free=20, first_wait=5 * timedelta(seconds=1), longest_wait=_HOUR, forgotten_after=_DAY
)
#: How often one link is opened, answered or paid by; a preview that clicks would soon wait.
LINK_USES = Pace(
    "payment-link-use", free=60, first_wait=timedelta(seconds=2), longest_wait=_MINUTE, forgotten_after=_HOUR
)

#: How long somebody who began to pay is left alone before another may begin.
ONE_AT_A_TIME = timedelta(minutes=3)
#: How long the link still leads to what was paid and to the receipt.
RECEIPT_FOR = timedelta(days=30)


def may_ask(child: Child) -> bool:
    """Whether a young person of this age may choose something and ask for it to be paid.

    Below 8 a guardian acts for the child altogether (Civil Code, art. 20).
    """
    return child.rules.account != AccountRule.PARENT_ONLY


def may_fill_a_basket(user: User) -> bool:
    """Whether this person may choose things to buy: an adult, or a young person who may ask for them to be paid."""
    if not has_others_pay(user):
        return True
    profile = young_profile_of(user)
    return profile is not None and may_ask(profile)


def may_use_link(child: Child) -> bool:
    """Whether anybody with a link may pay: from 14 on. Below, a guardian of record has to be the one who agrees.

    Civil Code, art. 19 (a guardian assents); PIPL, art. 31 (a guardian consents to health services below 14).
    """
    return child.rules.decides_alone


def is_addressed(user: User, ask: PaymentRequest) -> bool:
    """Whether this guardian was asked in the app, alone or with the others. Says nothing of the guardianship."""
    return ask.in_app and ask.intended_payer_id in (None, user.pk)


def may_decide(user: User, child: Child) -> bool:
    """Whether this person's word counts on what the child paid alone: a full guardian in force."""
    return is_full_guardian(user, child)
