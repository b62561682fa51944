"""The simulated Stripe and all that belongs to it."""

from tests.payments.stripe.fixtures import card_till, stripe, stripe_simulator

__all__ = ["card_till", "stripe", "stripe_simulator"]
