"""What the company signs, verifies and encrypts."""

import base64
import json
import re
import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from payments.simulators.wechat.keys import PUBLIC_KEY_ID, make_certificate

_SCHEME = "WECHATPAY2-SHA256-RSA2048"
_PAIR = re.compile(r'(\w+)="([^"]*)"')
_PROBE = "WECHATPAY/SIGNTEST/"


@dataclass
class Seal:
    """One of the company's keys and the name it signs under; `certificate` when it is one."""

    serial: str
    key: Any
    certificate: bytes = b""

    @classmethod
    def of_certificate(cls, pem: bytes, key: Any) -> "Seal":
        """The seal of a platform certificate."""
        return cls(f"{x509.load_pem_x509_certificate(pem).serial_number:040X}", key, pem)


class Seals:
    """The company's keys: one public key, certificates with the newest last, and what it knows of the merchant."""

    def __init__(self, folder: Path) -> None:
        def private(name: str) -> Any:
            return load_pem_private_key((folder / f"{name}-private.pem").read_bytes(), None)

        self.public_key = Seal(PUBLIC_KEY_ID, private("wechat"))
        pem = (folder / "wechat-platform-cert.pem").read_bytes()
        self._first = Seal.of_certificate(pem, private("wechat-platform"))
        self.certificates = [self._first]
        self._merchant: Any = load_pem_public_key((folder / "wechat-merchant-public.pem").read_bytes())
        self._api_v3_key = (folder / "wechat-apiv3.key").read_bytes()
        self.app_secret = (folder / "wechat-app.secret").read_text()

    def reset(self) -> None:
        """Only the first certificate again."""
        self.certificates = [self._first]

    def rotate(self) -> str:
        """Begin to sign with a new certificate; returns its serial number."""
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.certificates.append(Seal.of_certificate(make_certificate(key), key))
        return self.certificates[-1].serial

    def headers(self, body: str, seal: Seal, *, kind: str = "") -> dict[str, str]:
        """The headers of an answer or a message; `kind` is a fault."""
        # Signatures carry true time even when business time was pushed forward: they guard the wire.
        stamp = str(int(time.time()) - (86400 if kind in ("stale", "old_answer") else 0))
        nonce = secrets.token_hex(16)
        signed = f"{stamp}\n{nonce}\n{body}\n" + ("!" if kind == "wrong_signature" else "")
        signature = base64.b64encode(seal.key.sign(signed.encode(), padding.PKCS1v15(), SHA256())).decode()
        return {
            "Wechatpay-Timestamp": stamp,
            "Wechatpay-Nonce": nonce,
            "Wechatpay-Signature": _PROBE + signature if kind == "probe" else signature,
            "Wechatpay-Serial": seal.serial,
            "Wechatpay-Signature-Type": _SCHEME,
        }

    def encrypted(self, text: str, associated_data: str, *, wrong_key: bool = False) -> dict[str, str]:
        """AES-256-GCM under the merchant's APIv3 key."""
        nonce = secrets.token_hex(6)
        key = b"x" * 32 if wrong_key else self._api_v3_key
        cipher = AESGCM(key).encrypt(nonce.encode(), text.encode(), associated_data.encode())
        return {
            "algorithm": "AEAD_AES_256_GCM",
            "ciphertext": base64.b64encode(cipher).decode(),
            "associated_data": associated_data,
            "nonce": nonce,
        }

    def is_from_merchant(self, text: str, signature: str) -> bool:
        """Whether the merchant signed the text."""
        try:
            raw = base64.b64decode(signature, validate=True)
            self._merchant.verify(raw, text.encode(), padding.PKCS1v15(), SHA256())
        except (InvalidSignature, ValueError):
            return False
        return True


def read_authorization(header: str) -> dict[str, str]:
    """The parts of an Authorization header, empty when it is not WeChat's."""
    scheme, _, rest = header.partition(" ")
    return dict(_PAIR.findall(rest)) if scheme == _SCHEME else {}


def compact(content: Any) -> str:
    """JSON as WeChat writes it."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
