"""Server URLs as Django and Celery want them."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


def database_settings(url: str) -> dict[str, Any]:
    """Return Django's DATABASES entry for a postgresql:// URL; a ?host= query names a socket folder."""
    parts = urlsplit(url)
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or "postgres"),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", None) or parts.hostname or "",
        "PORT": query.pop("port", None) or str(parts.port or ""),
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query,
    }


def redis_database(server: str, database: int) -> str:
    """Return the URL of one logical database of a Redis server."""
    return f"{server.rstrip('/')}/{database}"


def celery_broker_url(url: str) -> str:
    """Return a Redis URL as Celery writes it: a socket is redis+socket://path?virtual_host=N."""
    parts = urlsplit(url)
    if parts.scheme != "unix":
        return url
    database = parse_qs(parts.query).get("db", ["0"])[-1]
    return f"redis+socket://{parts.path}?virtual_host={database}"
