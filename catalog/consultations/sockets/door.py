"""Before the room: whose browser it is, from which page it comes, in which language it reads."""

from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from channels.auth import get_user
from channels.db import database_sync_to_async
from channels.security.websocket import WebsocketDenier
from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port, validate_host
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from marketplace.accounts.models import User
from marketplace.accounts.security.second_step import has_taken_second_step, needs_second_step
from marketplace.core.throttling import Attempt

from ..errors import SecondStepDue, SignedOut, TooManyMessages
from ..rules import COMING, RoomEntry
from ..selectors import open_entry_of

Scope = dict[str, Any]
Application = Callable[[Scope, Any, Any], Awaitable[Any]]


class OwnPagesOnly:
    """Let only browsers connect that stand on a page of this very site: the cookie alone would let any site in."""

    def __init__(self, application: Application) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> Any:
        application = self.application if is_own_page(scope) else WebsocketDenier()
        return await application(scope, receive, send)


def is_own_page(scope: Scope) -> bool:
    """Whether the page's origin is the public address, or the (allowed) host the browser connects to."""
    origin, host = header(scope, b"origin"), header(scope, b"host")
    if not origin or origin.rstrip("/") == settings.PUBLIC_BASE_URL:
        return bool(origin)
    name, _ = split_domain_port(host)
    is_allowed = bool(name) and validate_host(name, settings.ALLOWED_HOSTS)
    return is_allowed and urlsplit(origin).netloc.lower() == host.lower()


def header(scope: Scope, name: bytes) -> str:
    """Return one header of the handshake, empty where it is missing."""
    return next((value.decode("latin1") for key, value in scope["headers"] if key == name), "")


def language_of(scope: Scope) -> str:
    """Return the language a browser reads: as on its pages, by cookie or else by its wishes."""
    wishes = [scope.get("cookies", {}).get(settings.LANGUAGE_COOKIE_NAME, "")]
    wishes += [code for code, _ in parse_accept_lang_header(header(scope, b"accept-language").lower())]
    for wish in filter(None, wishes):
        try:
            return get_supported_language_variant(wish)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


async def pass_door(scope: Scope, occupancy_id: UUID) -> tuple[User, RoomEntry]:
    """Return who comes and their way in. Raises the RoomRefusal that keeps them out."""
    user: Any = scope["user"]
    if not user.is_authenticated:
        raise SignedOut
    return user, await database_sync_to_async(_entry)(user, scope["session"], occupancy_id)


async def still_may(scope: Scope, occupancy_id: UUID) -> None:
    """Ask again of somebody inside: signed in still, booked still, time not over. Raises the RoomRefusal that is due."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    user: Any = await get_user({"session": store(scope["session"].session_key)})
    if not user.is_authenticated:
        raise SignedOut
    await database_sync_to_async(open_entry_of)(user, occupancy_id)


def _entry(user: User, session: Any, occupancy_id: UUID) -> RoomEntry:
    if not Attempt(COMING, f"{user.pk}:{occupancy_id}").begin():
        raise TooManyMessages
    request = HttpRequest()
    request.session, request.user = session, user
    if needs_second_step(user) and not has_taken_second_step(request):
        raise SecondStepDue
    return open_entry_of(user, occupancy_id)
