"""The serials that certificate mode demands of a merchant, from the certificates as they were handed in."""

import hashlib
from pathlib import Path

from cryptography.x509 import Certificate, load_pem_x509_certificates
from cryptography.x509.oid import NameOID

#: A name is written from its most particular part to the country.
_PARTS = (
    (NameOID.COMMON_NAME, "CN"),
    (NameOID.ORGANIZATIONAL_UNIT_NAME, "OU"),
    (NameOID.ORGANIZATION_NAME, "O"),
    (NameOID.COUNTRY_NAME, "C"),
)
_RSA_PREFIX = "1.2.840.113549.1.1."


class Serials:
    """What the merchant must send, and what the company sends back."""

    def __init__(self, folder: Path) -> None:
        self.app = _serial(_read(folder / "app-cert.pem")[0])
        self.alipay = _serial(_read(folder / "alipay-cert.pem")[0])
        roots = [each for each in _read(folder / "alipay-roots.pem") if _is_rsa(each)]
        self.root = "_".join(_serial(each) for each in roots)


def _read(path: Path) -> list[Certificate]:
    return load_pem_x509_certificates(path.read_bytes())


def _is_rsa(certificate: Certificate) -> bool:
    return certificate.signature_algorithm_oid.dotted_string.startswith(_RSA_PREFIX)


def _serial(certificate: Certificate) -> str:
    named = []
    for oid, short in _PARTS:
        named += [f"{short}={part.value!s}" for part in certificate.issuer.get_attributes_for_oid(oid)]
    text = ",".join(named) + str(certificate.serial_number)
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
