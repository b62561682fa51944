"""Certificate mode: the serial numbers by which Alipay knows our certificate and its own roots.

Transfers demand it, and the official SDK lacks it. Alipay's serial is the MD5 of the issuer's name, written from CN to C,
followed by the certificate's number in decimal; of the roots only those signed with RSA count.
"""

import hashlib

from cryptography import x509
from cryptography.x509.oid import SignatureAlgorithmOID

_RSA = {
    SignatureAlgorithmOID.RSA_WITH_MD5,
    SignatureAlgorithmOID.RSA_WITH_SHA1,
    SignatureAlgorithmOID.RSA_WITH_SHA224,
    SignatureAlgorithmOID.RSA_WITH_SHA256,
    SignatureAlgorithmOID.RSA_WITH_SHA384,
    SignatureAlgorithmOID.RSA_WITH_SHA512,
}


class BadCertificate(ValueError):
    """A configured certificate that cannot be read."""


def _serial_of(certificate: x509.Certificate) -> str:
    named = certificate.issuer.rfc4514_string() + str(certificate.serial_number)
    return hashlib.md5(named.encode(), usedforsecurity=False).hexdigest()


def app_serial(pem: str) -> str:
    """`app_cert_sn` of our application's certificate. Raises BadCertificate."""
    return _serial_of(_read(pem)[0])


def root_serial(pem: str) -> str:
    """`alipay_root_cert_sn` of Alipay's bundle of roots. Raises BadCertificate."""
    serials = [_serial_of(each) for each in _read(pem) if each.signature_algorithm_oid in _RSA]
    if not serials:
        raise BadCertificate("no root signed with RSA")
    return "_".join(serials)


def _read(pem: str) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(pem.encode())
    except ValueError as error:
        raise BadCertificate("not a certificate") from error
