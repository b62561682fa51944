"""The secrets that both sides of the simulated Stripe know. They open nothing, so they may stand here."""

import os

DEMO_SECRET_KEY = "sk_test_xinqiaodemo"  # noqa: S105
DEMO_WEBHOOK_SECRET = "whsec_xinqiaodemo"  # noqa: S105


def secrets_in_use() -> dict[str, str]:
    """The merchant's key and the secret of its webhooks, as the environment or the demo has them."""
    return {
        "secret_key": os.environ.get("STRIPE_SECRET_KEY", DEMO_SECRET_KEY),
        "webhook_secret": os.environ.get("STRIPE_WEBHOOK_SECRET", DEMO_WEBHOOK_SECRET),
    }


def demo_gateway(simulator_url: str) -> dict[str, str]:
    """settings.PAYMENT_GATEWAYS["stripe"] of a house whose Stripe is the simulator."""
    return {**secrets_in_use(), "gateway_url": f"{simulator_url}/stripe"}
