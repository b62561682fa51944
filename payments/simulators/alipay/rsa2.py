"""RSA2 as the company does it: signs answers and messages, verifies merchants' requests."""

import base64
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key


class KeyRing:
    """The company's private key and the public key that the merchant handed in."""

    def __init__(self, folder: Path) -> None:
        self._own: Any = load_pem_private_key((folder / "alipay-private.pem").read_bytes(), None)
        self._merchant: Any = load_pem_public_key((folder / "app-public.pem").read_bytes())

    def signature(self, text: str) -> str:
        """Sign text with the company's key."""
        raw = self._own.sign(text.encode("utf-8"), padding.PKCS1v15(), SHA256())
        return base64.b64encode(raw).decode("ascii")

    def is_from_merchant(self, text: str, signature: str) -> bool:
        """Whether the merchant signed the text."""
        try:
            raw = base64.b64decode(signature, validate=True)
            self._merchant.verify(raw, text.encode("utf-8"), padding.PKCS1v15(), SHA256())
        except (InvalidSignature, ValueError):
            return False
        return True


def request_text(params: dict[str, str]) -> str:
    """What a merchant signs: everything filled but `sign`, sign_type included."""
    return _joined({k: v for k, v in params.items() if v and k != "sign"})


def message_text(params: dict[str, str]) -> str:
    """What the company signs in messages: everything filled but `sign` and `sign_type`."""
    return _joined({k: v for k, v in params.items() if v and k not in {"sign", "sign_type"}})


def _joined(params: dict[str, str]) -> str:
    return "&".join("=".join(pair) for pair in sorted(params.items()))
