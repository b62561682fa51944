"""What marks a setting as belonging to the demo or as half set, so that production can refuse it."""

from collections.abc import Mapping
from urllib.parse import urlsplit

DEMO_SECRET_PREFIX = "demo-only"  # noqa: S105


def is_simulator_url(url: str) -> bool:
    """Return whether a payment gateway's URL is a simulator: not https, or a host of this machine."""
    parts = urlsplit(url)
    return parts.scheme != "https" or parts.hostname in (None, "localhost", "127.0.0.1", "::1")


def is_wechat_whole(config: Mapping[str, str]) -> bool:
    """Return whether WeChat's settings hold together: a part alone would fail at the first payer, not at the start."""
    needed = ("app_id", "app_secret", "private_key", "certificate_serial", "api_v3_key")
    has_both_or_neither = bool(config["public_key"]) == bool(config["public_key_id"])
    return all(config[name] for name in needed) and len(config["api_v3_key"]) == 32 and has_both_or_neither


def is_stripe_live(config: Mapping[str, str]) -> bool:
    """Return whether Stripe's keys move real money and its messages can be told from anybody else's."""
    is_live = config["secret_key"].startswith(("sk_live_", "rk_live_"))
    return is_live and config["webhook_secret"].startswith("whsec_")
