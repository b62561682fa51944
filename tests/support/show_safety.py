"""`make show-safety`: the gate on the committed test set, and a real post on its way to the duty desk; JSON last.

The test sentences were written by other people than the training ones. Where one of them nearly repeats a training one
nothing is measured and the command ends with 2; a sentence of that sort is planted to show that it would be seen. Then
young people post over HTTP, to gunicorn and a real database, and the time until their concern is open is taken.
"""

import json
import os
import sys
import time
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from tests.benchmarks import ground

if TYPE_CHECKING:
    from marketplace.safeguarding.gate.corpora import Sentence
    from marketplace.safeguarding.gate.evaluation import Findings

TESTED = Path(__file__).parents[1] / "marketplace" / "safeguarding" / "corpus"
DATABASE = "show_safety"
POSTS = int(os.environ.get("POSTS", "6"))
PATIENCE_SECONDS = 60
#: What the young people of this show write; each in other words, so that each opens a concern of their own.
WORDS = (
    "我今晚就不想活了，药已经放在桌上",
    "真的撑不下去了，好想从楼上跳下去",
    "每天都在想怎么去死，没有人知道",
    "我又割手了，停不下来，血一直流",
    "我写好遗书了，明天就走",
    "活着没有意义，想结束这一切",
)


def main() -> int:
    """Refuse, or measure and print."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.demo")
    from marketplace.safeguarding.gate.corpora import sentences

    begun = time.monotonic()
    trained, tested = sentences(), sentences(TESTED)
    planted_found = bool(refusal([*tested, almost(trained)], trained))
    if said := refusal(tested, trained):
        print(said, file=sys.stderr)
        return 2
    ground.prepare(DATABASE)
    try:
        figures = measured(tested) | {"planted_found": planted_found} | on_its_way()
    finally:
        ground.leave()
    print(json.dumps(figures | {"seconds": round(time.monotonic() - begun, 1)}))
    return 0 if planted_found else 1


def refusal(tested: "Sequence[Sentence]", trained: "Sequence[Sentence]") -> str:
    """Why these sentences measure nothing; empty where they do. No sentence is repeated here."""
    from marketplace.safeguarding.gate.corpora import TOO_ALIKE, near_repeats

    pairs = near_repeats(tested, trained)
    if not pairs:
        return ""
    return (
        f"refused: {len(pairs)} test sentence(s) nearly repeat a training sentence "
        f"(at least {TOO_ALIKE:.0%} of their runs of five characters in common); replace them"
    )


def almost(trained: "Sequence[Sentence]") -> "Sentence":
    """A training sentence with a character more: what must not pass for a test sentence."""
    known = max(trained, key=lambda sentence: len(sentence.text))
    return replace(known, text=f"{known.text}啊")


def measured(tested: "Sequence[Sentence]") -> dict[str, Any]:
    """Print the shares with their intervals; return the figures."""
    from marketplace.safeguarding.enums import Kind
    from marketplace.safeguarding.gate.evaluation import evaluate

    found = evaluate(tested)
    _print_shares(found)
    return {
        "cases": len(tested),
        "recall_crisis": round(found.recall.value, 4),
        "false_alarm_everyday": round(found.alarms_of(Kind.EVERYDAY).value, 4),
        "false_alarm_distress": round(found.alarms_of(Kind.DISTRESS).value, 4),
        "recall_with_card": round(found.recall_with_card.value, 4),
        "urgent_as_urgent": round(found.urgent_as_urgent.value, 4),
        "kind_right": round(found.kind_right.value, 4),
    }


def _print_shares(found: "Findings") -> None:
    print(f"dangers found             {found.recall}")
    print(f"  or shown the numbers    {found.recall_with_card}")
    print(f"  urgent called urgent    {found.urgent_as_urgent}")
    print(f"  of the right kind       {found.kind_right}")
    print(f"false alarms, all         {found.alarms}")
    for what, by in (("dangers found", found.recall_by), ("false alarms", found.alarms_by)):
        for column in ("kind", "disguise", "age", "who"):
            print(f"{what} by {column}")
            for name, share in by(column).items():
                print(f"  {name:<22}  {share}")


def on_its_way() -> dict[str, Any]:
    """Let young people post, and take the time from the request's first byte to the open concern in the database."""
    import logging

    from marketplace.core.embedded.locations import database_url

    from . import clients
    from .booking_browser import Browser

    logging.disable(logging.WARNING)
    clients.find_static_files_when_asked()
    address, sessions = _members()
    url = database_url(ground.PLACE.purpose, DATABASE)
    with _served(url) as site, psycopg.connect(url, autocommit=True) as connection:
        seconds = [
            _seconds_to_concern(Browser(site, session), address, words, connection)
            for session, words in zip(sessions, WORDS, strict=False)
        ]
    print("seconds from post to open concern: " + " ".join(f"{each:.3f}" for each in seconds))
    return {
        "post_to_concern_s": round(max(seconds), 3),
        "post_to_concern_median_s": round(sorted(seconds)[len(seconds) // 2], 3),
    }


def _members() -> tuple[str, list[str]]:
    """The page they write on, and the sessions of as many young people as there are posts."""
    from django.conf import settings
    from django.db import connections
    from django.urls import reverse

    import tests.factories as factories
    from marketplace.accounts.enums import Duty
    from tests.factories.community import make_topic

    factories.make_staff(duties=[Duty.SAFETY])
    address = reverse("community:write", args=[make_topic().slug])
    members = [factories.signed_in(factories.make_teen(age=16)) for _ in WORDS[:POSTS]]
    sessions = [member.cookies[settings.SESSION_COOKIE_NAME].value for member in members]
    connections.close_all()
    return address, sessions


def _seconds_to_concern(browser: Any, address: str, words: str, connection: psycopg.Connection) -> float:
    def count() -> int:
        return connection.execute("SELECT count(*) FROM concerns_concern WHERE closed_at IS NULL").fetchone()[0]  # type: ignore[index]

    before, begun = count(), time.monotonic()
    answer = browser.post(address, {"text": words})
    while count() == before:
        if time.monotonic() - begun > PATIENCE_SECONDS:
            raise RuntimeError(f"no concern after {PATIENCE_SECONDS} s; the post was answered with {answer.status}")
        time.sleep(0.005)
    return time.monotonic() - begun


@contextmanager
def _served(database: str) -> Any:
    from .http import gunicorn, reserved_port

    options = ("--workers=1", "--worker-class=gthread", "--threads=4", "--preload", "--log-level=warning")
    product = "marketplace.wsgi:application"
    with reserved_port() as port, gunicorn(product, port, *options, path="/healthz", DATABASE_URL=database) as site:
        yield site


if __name__ == "__main__":
    sys.exit(main())
