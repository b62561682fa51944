"""Keys of both sides for demo and tests: made on first start, kept in a git-ignored folder, never shipped."""

import fcntl
from pathlib import Path

SIDES = ("app", "alipay")


def demo_gateways(folder: Path, simulator_url: str) -> dict[str, dict[str, str]]:
    """Return PAYMENT_GATEWAYS for the simulator at `simulator_url`, with this checkout's own keys (PEM)."""
    ensure_keys(folder)
    return {
        "alipay": {
            "app_id": "2026000000000001",
            "seller_id": "2088000000000001",
            "app_private_key": (folder / "app.private.pem").read_text(),
            "alipay_public_key": (folder / "alipay.public.pem").read_text(),
            "gateway_url": f"{simulator_url}/gateway.do",
        }
    }


def ensure_keys(folder: Path) -> None:
    """Make both key pairs once, also when several processes start together."""
    if all((folder / f"{side}.public.pem").exists() for side in SIDES):
        return
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for side in SIDES:
            if not (folder / f"{side}.public.pem").exists():
                _make_pair(folder, side)


def _make_pair(folder: Path, side: str) -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = folder / f"{side}.private.pem"
    private.touch(mode=0o600)
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    # Written last: its presence says that the pair is whole.
    partial = folder / f"{side}.public.part"
    partial.write_bytes(
        key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    partial.rename(folder / f"{side}.public.pem")
