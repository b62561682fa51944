"""RSA2 (SHA-256, PKCS#1 v1.5), done by `cryptography`: the SDK's own accepts SHA-1."""

import base64
import binascii
from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import (
    load_der_private_key,
    load_der_public_key,
)


class BadKey(ValueError):
    """A configured key that is no RSA key."""


def _der(text: str) -> bytes:
    """The bytes of a key given as PEM or, as Alipay's console hands it out, as bare base64."""
    body = "".join(line for line in text.split("\n") if not line.startswith("-----"))
    try:
        return base64.b64decode("".join(body.split()), validate=True)
    except binascii.Error as error:
        raise BadKey("not base64") from error


def read_private_key(text: str) -> RSAPrivateKey:
    """The key, whether PKCS#1 or PKCS#8 (the SDK alone takes only PKCS#1). Raises BadKey."""
    try:
        key = load_der_private_key(_der(text), password=None)
    except (ValueError, TypeError) as error:
        raise BadKey("not a private key") from error
    if not isinstance(key, RSAPrivateKey):
        raise BadKey("not an RSA private key")
    return key


def read_public_key(text: str) -> RSAPublicKey:
    """The key of a SubjectPublicKeyInfo. Raises BadKey."""
    try:
        key = load_der_public_key(_der(text))
    except (ValueError, TypeError) as error:
        raise BadKey("not a public key") from error
    if not isinstance(key, RSAPublicKey):
        raise BadKey("not an RSA public key")
    return key


def sign(key: RSAPrivateKey, message: bytes) -> str:
    """The base64 signature of a message."""
    return base64.b64encode(key.sign(message, PKCS1v15(), hashes.SHA256())).decode()


def is_signed(key: RSAPublicKey, message: bytes, signature: str) -> bool:
    """Whether the owner of `key` signed exactly this message."""
    try:
        key.verify(base64.b64decode(signature, validate=True), message, PKCS1v15(), hashes.SHA256())
    except (InvalidSignature, ValueError):
        return False
    return True


def canonical_forms(params: Mapping[str, str]) -> tuple[bytes, bytes]:
    """What a notification's signature covers: all fields, or only the filled ones.

    Both are in use, depending on the product that notifies. `sign` and `sign_type` are left out.
    """
    fields = sorted((k, v) for k, v in params.items() if k not in ("sign", "sign_type"))
    complete = "&".join(f"{k}={v}" for k, v in fields)
    filled = "&".join(f"{k}={v}" for k, v in fields if v)
    return complete.encode(), filled.encode()
