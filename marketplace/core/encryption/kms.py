"""The key service: who holds the keys (KEKs) that every data key is wrapped under.

settings.KEY_SERVICE names the class; it is one of Tink's KmsClients that also says which key is in use now.
"""

from functools import lru_cache
from typing import Any, Protocol

from django.conf import settings
from django.core.signals import setting_changed
from django.utils.module_loading import import_string


class KeyService(Protocol):
    """A tink.KmsClient with a key in use. Its URIs name a key *and its version*, so that rotation can tell them apart."""

    def does_support(self, key_uri: str) -> bool:
        """Whether the URI is one of this service's."""
        ...

    def get_aead(self, key_uri: str) -> Any:
        """Return a tink.aead.Aead that works with the key of this URI."""
        ...

    def current_uri(self) -> str:
        """The key new data keys are wrapped under."""
        ...

    def new_version(self) -> str:
        """Make another version of the key, put it in use, and return its URI."""
        ...


@lru_cache(maxsize=1)
def key_service() -> KeyService:
    """Return this process's key service."""
    service: KeyService = import_string(settings.KEY_SERVICE)()
    return service


def _forget_service(*, setting: str, **_: Any) -> None:
    if setting.startswith("KEY_SERVICE"):
        key_service.cache_clear()


setting_changed.connect(_forget_service, dispatch_uid="encryption-key-service")
