"""Keys of both sides of a simulated payment company, made on first start and never committed."""

import fcntl
import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

#: The merchant that the simulator knows.
DEMO_APP_ID = "2021000000000001"
DEMO_SELLER_ID = "2088000000000001"


def _make_pair(folder: Path, owner: str) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    _write(folder / f"{owner}-public.pem", public)
    _write(folder / f"{owner}-private.pem", private)


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, readable by its owner alone."""
    draft = path.with_suffix(".draft")
    draft.write_bytes(content)
    draft.chmod(0o600)
    draft.replace(path)


def ensure_keys(folder: Path) -> None:
    """Make the pairs `app` (ours) and `alipay` (the company's) where they are missing.

    Several processes may start at once: one makes them, the others wait.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for owner in ("app", "alipay"):
            if not (folder / f"{owner}-private.pem").exists():
                _make_pair(folder, owner)


def demo_gateways(folder: Path, simulator_url: str) -> dict[str, dict[str, str]]:
    """settings.PAYMENT_GATEWAYS of a house whose payment company is the simulator."""
    ensure_keys(folder)
    return {
        "alipay": {
            "app_id": os.environ.get("ALIPAY_APP_ID", DEMO_APP_ID),
            "seller_id": os.environ.get("ALIPAY_SELLER_ID", DEMO_SELLER_ID),
            "app_private_key": (folder / "app-private.pem").read_text(),
            "alipay_public_key": (folder / "alipay-public.pem").read_text(),
            "gateway_url": f"{simulator_url}/gateway.do",
        }
    }
