"""Checking what WeChat signed, and opening what it encrypted: failing closed, never with a bare exception."""

import base64
import binascii
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256

#: WeChat's clock and ours may differ; anything older is a replay. The SDK takes a message of any age.
WINDOW_SECONDS = 300
_SCHEME = "WECHATPAY2-SHA256-RSA2048"
_STAMP = re.compile(r"[0-9]{1,11}", re.ASCII)


class NotSigned(Exception):
    """Not signed by WeChat, or not just now."""


@dataclass(frozen=True)
class Signature:
    """The five headers with which WeChat signs."""

    timestamp: str
    nonce: str
    signature: bytes
    serial: str


def read_signature(headers: Mapping[str, str]) -> Signature:
    """The signature of an answer or a message. Raises NotSigned when it lacks a part, is of another kind or is old."""
    found = {name.lower(): value for name, value in headers.items()}
    parts = [found.get(f"wechatpay-{name}", "") for name in ("timestamp", "nonce", "signature", "serial")]
    if not all(parts):
        raise NotSigned("incomplete")
    stamp, nonce, signature, serial = parts
    # WeChat always names its scheme in messages; some answers leave it out.
    if found.get("wechatpay-signature-type", _SCHEME) != _SCHEME:
        raise NotSigned("another scheme")
    if not _STAMP.fullmatch(stamp) or abs(time.time() - int(stamp)) > WINDOW_SECONDS:
        raise NotSigned("not of now")
    try:
        # WeChat's own probes begin with WECHATPAY/SIGNTEST/ and fail here or below, as they must.
        return Signature(stamp, nonce, base64.b64decode(signature, validate=True), serial)
    except (binascii.Error, ValueError) as error:
        raise NotSigned("not base64") from error


def check_signature(signature: Signature, body: bytes, key: RSAPublicKey) -> None:
    """Raises NotSigned unless the owner of `key` signed exactly this body."""
    message = f"{signature.timestamp}\n{signature.nonce}\n".encode() + body + b"\n"
    try:
        key.verify(signature.signature, message, PKCS1v15(), SHA256())
    except InvalidSignature as error:
        raise NotSigned("not by WeChat") from error


def opened(resource: Mapping[str, str], api_v3_key: str) -> bytes:
    """The content of an encrypted resource. Raises NotSigned when it is not for this key."""
    if resource.get("algorithm") != "AEAD_AES_256_GCM":
        raise NotSigned("another cipher")
    try:
        cipher = base64.b64decode(resource["ciphertext"], validate=True)
        associated = (resource.get("associated_data") or "").encode()
        return AESGCM(api_v3_key.encode()).decrypt(resource["nonce"].encode(), cipher, associated)
    except (InvalidTag, KeyError, ValueError, AttributeError, TypeError) as error:
        raise NotSigned("cannot be opened") from error
