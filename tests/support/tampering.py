"""Ways to tamper with an export of the record of looks; each takes its lines and gives other ones."""

import json
import random
from collections.abc import Callable

Tamper = Callable[[list[str], random.Random], list[str]]


def event_places(lines: list[str]) -> list[int]:
    """Where in the export the events stand."""
    return [place for place, line in enumerate(lines) if json.loads(line)["type"] == "event"]


def canonical(content: dict) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def edit(lines: list[str], dice: random.Random) -> list[str]:
    """Somebody else is said to have looked."""
    place = dice.choice(event_places(lines))
    changed = json.loads(lines[place]) | {"actor_label": "别的机构 · 咨询师"}
    return [*lines[:place], canonical(changed), *lines[place + 1 :]]


def delete(lines: list[str], dice: random.Random) -> list[str]:
    """A look never happened."""
    place = dice.choice(event_places(lines))
    return lines[:place] + lines[place + 1 :]


def swap(lines: list[str], dice: random.Random) -> list[str]:
    """Two looks change places."""
    first, second = sorted(dice.sample(event_places(lines), 2))
    swapped = list(lines)
    swapped[first], swapped[second] = swapped[second], swapped[first]
    return swapped


def insert(lines: list[str], dice: random.Random) -> list[str]:
    """A look is made up: a copy of a true one under another name, in its place."""
    place = dice.choice(event_places(lines))
    made_up = json.loads(lines[place]) | {"id": "00000000-0000-4000-8000-000000000000"}
    return [*lines[:place], canonical(made_up), *lines[place:]]


def cut_tail(lines: list[str], dice: random.Random) -> list[str]:
    """The latest looks are gone; seal and end are left as they were."""
    places = event_places(lines)
    gone = set(places[-dice.randint(1, min(5, len(places))) :])
    return [line for place, line in enumerate(lines) if place not in gone]


TAMPERINGS: dict[str, Tamper] = {
    "edit": edit, "delete": delete, "swap": swap, "insert": insert, "cut the tail": cut_tail,
}  # fmt: skip
