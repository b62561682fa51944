"""What marks a setting as belonging to the demo, so that production can refuse it."""

from urllib.parse import urlsplit

DEMO_SECRET_PREFIX = "demo-only"  # noqa: S105


def is_simulator_url(url: str) -> bool:
    """Return whether a payment gateway's URL is a simulator: not https, or a host of this machine."""
    parts = urlsplit(url)
    return parts.scheme != "https" or parts.hostname in (None, "localhost", "127.0.0.1", "::1")
