"""Keys of both sides of the simulated payment companies, made on first start and never committed."""

import os
from pathlib import Path

from payments.simulators.alipay.paper import ensure_certificates
from payments.simulators.keyfiles import ensure_pair, one_maker
from payments.simulators.stripe import keys as stripe_keys
from payments.simulators.wechat.keys import wechat_settings

#: The merchant that the simulated Alipay knows.
DEMO_APP_ID = "2021000000000001"
DEMO_SELLER_ID = "2088000000000001"


def ensure_keys(folder: Path) -> None:
    """Make the pairs `app` (ours) and `alipay` (the company's), and their certificates, where they are missing."""
    with one_maker(folder):
        for owner in ("app", "alipay"):
            ensure_pair(folder, owner)
        ensure_certificates(folder)


def demo_gateways(folder: Path, simulator_url: str) -> dict[str, dict[str, str]]:
    """settings.PAYMENT_GATEWAYS of a house whose payment companies are the simulators."""
    ensure_keys(folder)
    return {
        "wechat": wechat_settings(folder, f"{simulator_url}/wechat"),
        "alipay": {
            "app_id": os.environ.get("ALIPAY_APP_ID", DEMO_APP_ID),
            "seller_id": os.environ.get("ALIPAY_SELLER_ID", DEMO_SELLER_ID),
            "app_private_key": (folder / "app-private.pem").read_text(),
            "alipay_public_key": (folder / "alipay-public.pem").read_text(),
            "app_certificate": (folder / "app-cert.pem").read_text(),
            "root_certificates": (folder / "alipay-roots.pem").read_text(),
            "gateway_url": f"{simulator_url}/gateway.do",
        },
        "stripe": stripe_keys.demo_gateway(simulator_url),
    }
