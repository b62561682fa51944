"""Calls that change something want a name of the caller's, and happen once under it."""

import hashlib
import json
from collections.abc import Callable
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from pydantic import Field

from ..services import call_once
from .keys import key_of

#: A random id of the caller's: the same for every attempt at the same thing, another one for another thing.
NAME = Annotated[str, Field(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
AGAIN = "Idempotent-Replayed"


def done_once(
    request: HttpRequest, response: HttpResponse, name: str, body: dict[str, Any], act: Callable[[], dict[str, Any]]
) -> dict[str, Any]:
    """Do it under the caller's name for it, or say again what came of it."""
    meant = json.dumps([request.method, request.path, body], sort_keys=True)
    request_digest = hashlib.sha256(meant.encode()).hexdigest()
    answer = call_once(key=key_of(request), name=name, request_digest=request_digest, act=act)
    if answer.is_again:
        response[AGAIN] = "true"
    return answer.body
