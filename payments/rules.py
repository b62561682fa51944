"""May this person?"""

from marketplace.accounts.models import User
from payments.models import PaymentIntent


def may_pay(user: User, intent: PaymentIntent) -> bool:
    """Only the buyer sees and pays an intent."""
    return bool(user.is_authenticated) and user.pk == intent.buyer_id


def may_see_payment(user: User, intent: PaymentIntent) -> bool:
    """Its buyer, and whoever of the signed-in paid it: each gets a receipt."""
    if not user.is_authenticated:
        return False
    return may_pay(user, intent) or intent.attempts.filter(payer=user, paid_at__isnull=False).exists()
