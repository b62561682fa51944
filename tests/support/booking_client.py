"""What every client of `make show-booking` is: somebody who acts, remembers what they were told, and looks at their page.

What a person would read on a page before they act is read from the database: drawing the page is not what is shown here.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import psycopg
from psycopg.rows import namedtuple_row

from .booking_browser import Answer, Browser
from .booking_counts import Told
from .booking_town import Town

#: What an act is chosen by: how often, and what is done.
Choice = tuple[int, str, Callable[[], Answer | None]]


@dataclass
class Notes:
    """What came of a client's acts."""

    told: list[Told] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    succeeded: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    unclear: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def add(self, other: "Notes") -> None:
        """Take in what another client noted."""
        self.told += other.told
        for mine, theirs in ((self.done, other.done), (self.succeeded, other.succeeded), (self.refused, other.refused)):
            mine.update(theirs)
        self.unclear += other.unclear
        self.faults += other.faults


class Client:
    """One person at one browser; acts one after the other."""

    def __init__(self, browser: Browser, town: Town, database: str, dice: random.Random) -> None:
        self.browser, self.town, self.dice = browser, town, dice
        self.notes = Notes()
        self.began = datetime.now(UTC)
        self.connection = psycopg.connect(database, autocommit=True, row_factory=namedtuple_row)

    def choices(self) -> Sequence[Choice]:
        """What this person could do now."""
        raise NotImplementedError

    def act(self) -> None:
        """Do one of them; what comes of it is noted, faults of the server too."""
        choices = self.choices()
        [(_, name, do)] = self.dice.choices(choices, [weight for weight, _, _ in choices])
        self.began, before = datetime.now(UTC), len(self.notes.told)
        answer = do()
        if answer is None:
            return
        self.notes.done[name] += 1
        if answer.status >= 500 or answer.status in (400, 403, 429):
            self.notes.faults.append(f"{name}: {answer.status}")
        elif len(self.notes.told) > before or answer.is_success:
            self.notes.succeeded[name] += 1
        elif reason := answer.refusal:
            self.notes.refused[reason] += 1
        else:
            self.notes.unclear.append(f"{name}: {answer.status} {answer.location} {answer.said}")

    def rows(self, query: str, *parameters: Any) -> list[Any]:
        """What a page of theirs would show."""
        return self.connection.execute(query, parameters).fetchall()

    def told(self, thing: str, things: Iterable[int | None], became: str | None = None, **said: Any) -> None:
        """Remember a success."""
        ended = datetime.now(UTC)
        self.notes.told += [Told(self.began, ended, thing, each, became, **said) for each in things]

    def leave(self) -> None:
        """Close what is open."""
        self.connection.close()
