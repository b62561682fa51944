"""May this person?"""

from marketplace.accounts.models import User
from payments.fapiao.models import FapiaoRequest
from payments.models import PaymentAttempt, PaymentIntent


def may_ask(user: User, intent: PaymentIntent) -> bool:
    """Whoever paid it with an account; the buyer where the payer had none."""
    paid = intent.settled_by
    if paid is None or not user.is_authenticated:
        return False
    return user.pk == (paid.payer_id or intent.buyer_id)


def may_see(user: User, fapiao: FapiaoRequest) -> bool:
    """Only who asked for it."""
    return bool(user.is_authenticated) and user.pk == fapiao.asked_by_id


def invoiced_fen(attempt: PaymentAttempt) -> int:
    """What a fapiao may be about, in fen: what came in and was not asked back (done or not)."""
    return attempt.captured_fen - attempt.refund_claimed_fen
