"""Keys of the simulated WeChat and of the one merchant it knows."""

import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from payments.simulators.keyfiles import ensure_pair, make_pair, one_maker, write

MCHID = "1900000001"
APP_ID = "wx2026000000000001"
MERCHANT_SERIAL = "5157F09EFDC096DE15EBE81A47057A7200000001"
PUBLIC_KEY_ID = "PUB_KEY_ID_0119000000012026112200000000000001"
PLAN_ID = "120001"


def ensure_wechat_keys(folder: Path) -> None:
    """Make what is missing: our pair, the company's pair and certificate, the APIv3 key, the app's secret."""
    with one_maker(folder):
        ensure_pair(folder, "wechat-merchant")
        ensure_pair(folder, "wechat")
        if not (folder / "wechat-platform-cert.pem").exists():
            key = make_pair(folder, "wechat-platform")
            write(folder / "wechat-platform-cert.pem", make_certificate(key))
        for name in ("wechat-apiv3.key", "wechat-app.secret"):
            if not (folder / name).exists():
                write(folder / name, secrets.token_hex(16).encode())


def make_certificate(key: RSAPrivateKey, *, days: int = 1825) -> bytes:
    """A platform certificate of the company as PEM, valid from yesterday for `days`."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Simulated WeChat Pay")])
    start = datetime.now(UTC) - timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=days))
        .sign(key, SHA256())
    )
    return certificate.public_bytes(Encoding.PEM)


def wechat_settings(folder: Path, base_url: str) -> dict[str, str]:
    """settings.PAYMENT_GATEWAYS["wechat"] of a house whose WeChat is the simulator at `base_url`."""
    ensure_wechat_keys(folder)
    return {
        "mchid": MCHID,
        "app_id": APP_ID,
        "app_secret": (folder / "wechat-app.secret").read_text(),
        "private_key": (folder / "wechat-merchant-private.pem").read_text(),
        "certificate_serial": MERCHANT_SERIAL,
        "api_v3_key": (folder / "wechat-apiv3.key").read_text(),
        "public_key": (folder / "wechat-public.pem").read_text(),
        "public_key_id": PUBLIC_KEY_ID,
        "plan_id": PLAN_ID,
        "gateway_url": base_url,
        "open_url": base_url,
        "open_api_url": base_url,
    }
