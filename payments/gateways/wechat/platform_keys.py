"""The keys with which WeChat signs: its public key, its certificates, or both while a merchant changes over."""

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509 import Certificate, load_pem_x509_certificate

from payments.gateways.base import GatewayUnclear
from payments.gateways.wechat.signing import NotSigned, Signature, check_signature, opened

logger = logging.getLogger(__name__)
#: A message can name any serial: it makes us download at most this often.
_AGAIN_SECONDS = 600.0
_AFTER_FAILURE_SECONDS = 60.0
#: WeChat changes certificates days ahead; two looks a day are plenty.
_REFRESH_SECONDS = 12 * 3600.0

#: Asks WeChat for its certificates: the answer's signature, its raw body, and the encrypted certificates in it.
Download = Callable[[], tuple[Signature, bytes, Sequence[Mapping[str, str]]]]


@dataclass(frozen=True)
class _Known:
    certificates: Mapping[int, Certificate]

    def key(self, serial: int) -> RSAPublicKey | None:
        certificate = self.certificates.get(serial)
        now = datetime.now(UTC)
        if certificate is None or not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
            return None
        key = certificate.public_key()
        return key if isinstance(key, RSAPublicKey) else None


class PlatformKeys:
    """Finds the key of a serial. Certificates are replaced whole, never emptied by a download that fails."""

    def __init__(
        self, *, public_key: RSAPublicKey | None, public_key_id: str, api_v3_key: str, download: Download
    ) -> None:
        self._public_key, self._public_key_id = public_key, public_key_id
        self._api_v3_key, self._download = api_v3_key, download
        self._known = _Known({})
        self._lock = threading.Lock()
        self._next_download = 0.0
        self._fresh_until = 0.0

    def key_of(self, serial: str) -> RSAPublicKey:
        """The key that signs under `serial`. Raises NotSigned.

        An unknown certificate is looked for at WeChat, seldom, whoever asks.
        """
        if self._public_key is not None and serial == self._public_key_id:
            return self._public_key
        try:
            number = int(serial, 16)
        except ValueError:
            raise NotSigned("unknown key") from None
        key = self._known.key(number)
        if key is None and self._refresh(wait=False):
            key = self._known.key(number)
        if key is None:
            raise NotSigned("unknown certificate")
        return key

    def keep_fresh(self) -> None:
        """Before a call of ours: have certificates at hand, so that no message has to fetch them."""
        if self._public_key is None and time.monotonic() >= self._fresh_until:
            self._refresh(wait=True)

    def _refresh(self, *, wait: bool) -> bool:
        """Download, unless that was just done or somebody is at it; says whether it was done now."""
        if not self._lock.acquire(blocking=wait):
            return False
        try:
            now = time.monotonic()
            if now < self._next_download:
                return False
            self._next_download = now + _AFTER_FAILURE_SECONDS
            self._known = self._downloaded()
            self._next_download, self._fresh_until = now + _AGAIN_SECONDS, now + _REFRESH_SECONDS
            return True
        except (GatewayUnclear, NotSigned, ValueError, KeyError, TypeError) as error:
            logger.warning("WeChat's certificates could not be fetched: %s", type(error).__name__)
            return False
        finally:
            self._lock.release()

    def _downloaded(self) -> _Known:
        signature, body, entries = self._download()
        certificates = [load_pem_x509_certificate(opened(entry, self._api_v3_key)) for entry in entries]
        known = _Known({certificate.serial_number: certificate for certificate in certificates})
        # Only WeChat has our APIv3 key besides us; and one of the keys just got must have signed all of it.
        if self._public_key is not None and signature.serial == self._public_key_id:
            check_signature(signature, body, self._public_key)
        else:
            key = known.key(int(signature.serial, 16))
            if key is None:
                raise NotSigned("unknown certificate")
            check_signature(signature, body, key)
        return known
