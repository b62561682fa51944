"""Certificates of both sides, for certificate mode: made on first start and never committed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_public_key
from cryptography.x509.oid import NameOID

from payments.simulators.keyfiles import write

_ROOTS = "alipay-roots.pem"
PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey


def ensure_certificates(folder: Path) -> None:
    """Roots of two kinds in one bundle, and under the first of them a certificate of each side's key."""
    if (folder / _ROOTS).exists():
        return
    first = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    second = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    curve = ec.generate_private_key(ec.SECP256R1())
    roots: list[tuple[str, PrivateKey]] = [("Root 1", first), ("Root 2", second), ("Root EC", curve)]
    for owner in ("app", "alipay"):
        public_key = load_pem_public_key((folder / f"{owner}-public.pem").read_bytes())
        assert isinstance(public_key, rsa.RSAPublicKey)
        write(folder / f"{owner}-cert.pem", _certificate(owner, public_key, "Root 1", first))
    bundle = b"".join(_certificate(name, key.public_key(), name, key) for name, key in roots)
    write(folder / _ROOTS, bundle)


def _certificate(name: str, public_key: PublicKey, issuer: str, key: PrivateKey) -> bytes:
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named(issuer))
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=3650))
    )
    return builder.sign(key, SHA256()).public_bytes(Encoding.PEM)


def _named(name: str) -> x509.Name:
    """Written from the country on, as authorities do."""
    parts = ((NameOID.COUNTRY_NAME, "CN"), (NameOID.ORGANIZATION_NAME, "Simulated"), (NameOID.COMMON_NAME, name))
    return x509.Name([x509.NameAttribute(kind, text) for kind, text in parts])
