"""Messages between the server processes of consultation rooms: through Redis, sealed on their way."""

from typing import Any

from channels_redis.core import RedisChannelLayer
from django.conf import settings


class SealedChannelLayer(RedisChannelLayer):
    """What CHANNEL_LAYERS names. What people say to each other stands readable nowhere between them."""

    def __init__(self, **options: Any) -> None:
        secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        super().__init__(**options, symmetric_encryption_keys=["channel layer " + str(secret) for secret in secrets])
