"""May this person?"""

from marketplace.accounts.models import User
from payments.models import PaymentIntent


def may_pay(user: User, intent: PaymentIntent) -> bool:
    """Only the buyer sees and pays an intent."""
    return bool(user.is_authenticated) and user.pk == intent.buyer_id
