"""Canaries written in clear on purpose: a search that does not find them would prove nothing."""

import base64
import json
import logging
from pathlib import Path
from random import Random
from urllib.parse import quote

import redis
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.db import connection

from .canaries import Canary, hatch
from .dumps import redis_urls

#: How a text column could hold a word.
_IN_TEXT = {
    "plain": lambda text: f"…{text}…",
    "escaped": lambda text: json.dumps({"said": text}),
    "escaped twice": lambda text: json.dumps(json.dumps(text)),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64, one byte on": lambda text: base64.b64encode(b"." + text.encode() + b".").decode(),
    "base64, two bytes on": lambda text: base64.urlsafe_b64encode(b".." + text.encode() + b".").decode(),
    "base64 of escaped": lambda text: base64.b64encode(json.dumps({"body": text}).encode()).decode(),
    "hex": lambda text: text.encode().hex(),
    "in a URL": lambda text: f"/?q={quote(text)}",
    "utf-16 as hex": lambda text: text.encode("utf-16-le").hex(),
}
_IN_BYTES = {"utf-16": "utf-16-le", "utf-8": "utf-8", "gb18030": "gb18030"}


def write_controls(dice: Random, log: Path) -> list[Canary]:
    """Write a control in each shape into the database, Redis and a log; return them."""
    controls = [hatch(dice, f"control: {shape} in a text column") for shape in _IN_TEXT]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE clear_control (words text, raw bytea, doc jsonb)")
        for canary, shape in zip(controls, _IN_TEXT.values(), strict=True):
            cursor.execute("INSERT INTO clear_control (words) VALUES (%s)", [shape(canary.text)])
        for name, encoding in _IN_BYTES.items():
            controls.append(hatch(dice, f"control: {name} in a bytea column"))
            cursor.execute("INSERT INTO clear_control (raw) VALUES (%s)", [controls[-1].text.encode(encoding)])
        controls.append(hatch(dice, "control: in a jsonb column"))
        cursor.execute("INSERT INTO clear_control (doc) VALUES (%s)", [json.dumps({"said": controls[-1].text})])
    controls += [_in_session(dice), *_in_redis(dice), _in_log(dice, log)]
    return controls


def forget_controls() -> None:
    """Take the controls out of the database again."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE clear_control")


def _in_session(dice: Random) -> Canary:
    canary = hatch(dice, "control: in a packed session")
    session = SessionStore()
    session["said"] = f"{canary.text} " * 20
    session.save()
    return canary


def _in_redis(dice: Random) -> list[Canary]:
    cached = hatch(dice, "control: in the cache")
    cache.set("clear-control", {"said": cached.text})
    queued = hatch(dice, "control: in the queue, as Celery packs it")
    body = base64.b64encode(json.dumps([[queued.text], {}, {}]).encode()).decode()
    redis.from_url(redis_urls()["queue"]).lpush("clear-control", json.dumps({"body": body, "headers": {}}))
    return [cached, queued]


def _in_log(dice: Random, log: Path) -> Canary:
    canary = hatch(dice, "control: in a log")
    handler = logging.FileHandler(log)
    handler.handle(logging.LogRecord("control", logging.INFO, "", 0, "said: %s", (canary.text,), None))
    handler.close()
    return canary
