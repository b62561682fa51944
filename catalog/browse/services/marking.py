"""What has to be refreshed: a set of names in Redis, so that a booking pays two small commands and no more.

The first mark of a moment also sends for the worker, who comes a second later and takes all marks at once. A mark that
is lost with Redis does no lasting harm: every listing is refreshed when its first free time passes, at the latest daily.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

import redis
from django.conf import settings
from django.db import transaction

_MARKS = "browse:marks"
_SENT_FOR = "browse:marks-sent-for"
_DELAY_SECONDS = 1
_FORGET_MS = 10_000


def mark_for_refresh(
    *, products: Iterable[int] = (), providers: Iterable[int] = (), partners: Iterable[int] = ()
) -> None:
    """Have the listings of these products, or of these providers' or partners' products, refreshed after the commit."""
    names = [f"product:{pk}" for pk in products]
    names += [f"provider:{pk}" for pk in providers] + [f"partner:{pk}" for pk in partners]
    if names:
        # Robust: what was sold stays sold when Redis is away. (A partial has no name for Django to log.)
        transaction.on_commit(lambda: _mark(tuple(names)), robust=True)


def take_marks(most: int) -> dict[str, list[int]]:
    """Take marks off the set and return ids by kind: {"product": [..], "provider": [..], "partner": [..]}."""
    store = _store()
    store.delete(_SENT_FOR)
    taken: dict[str, list[int]] = {"product": [], "provider": [], "partner": []}
    names: Any = store.spop(_MARKS, most) or ()
    for name in names:
        kind, _, pk = name.decode().partition(":")
        taken[kind].append(int(pk))
    return taken


def _mark(names: tuple[str, ...]) -> None:
    from ..tasks import refresh_marked

    pipeline = _store().pipeline(transaction=False)
    pipeline.sadd(_MARKS, *names)
    pipeline.set(_SENT_FOR, 1, nx=True, px=_FORGET_MS)
    if pipeline.execute()[1]:
        refresh_marked.apply_async(countdown=_DELAY_SECONDS, retry=False)


@cache
def _store() -> redis.Redis:
    return redis.Redis.from_url(str(settings.CACHES["default"]["LOCATION"]))
