"""All objects by id, as Stripe answers with them; fields that begin with an underscore are the simulator's own."""

import secrets
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from payments.simulators.journal import Journal

Thing = dict[str, Any]


class Store:
    """Objects in memory, with a journal to survive a restart. Its owner holds the lock."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._things: dict[str, Thing] = dict(journal.read(lambda thing: (thing["id"], thing)))

    def add(self, prefix: str, **fields: Any) -> Thing:
        """A new object with an id of its kind."""
        return self.keep({"id": f"{prefix}_{secrets.token_hex(12)}", **fields})

    def keep(self, thing: Thing) -> Thing:
        """Keep an object as it is now."""
        self._things[thing["id"]] = thing
        self._journal.add(thing)
        return thing

    def find(self, number: str) -> Thing | None:
        """The object itself, to be changed and kept."""
        return self._things.get(number)

    def of(self, kind: str) -> Iterator[Thing]:
        """All of a kind, newest first."""
        return (thing for thing in reversed(list(self._things.values())) if thing.get("object") == kind)

    def waiting(self) -> list[Thing]:
        """What something will happen to, soonest first."""
        return sorted((thing for thing in self._things.values() if thing.get("_due")), key=lambda thing: thing["_due"])

    def shown(self, thing: Thing, paths: list[str]) -> Thing:
        """An object as answers show it, with the paths of `expand` filled in."""
        found = {name: deepcopy(value) for name, value in thing.items() if not name.startswith("_")}
        if found.get("object") == "invoice" and not any(path.split(".")[0] == "payments" for path in paths):
            found.pop("payments")
        for path in paths:
            first, _, rest = path.partition(".")
            value = found.get(first)
            inner = self._things.get(value) if isinstance(value, str) else None
            if inner is not None:
                found[first] = self.shown(inner, [rest] if rest else [])
            elif isinstance(value, dict) and rest:
                found[first] = self._shown_inside(value, rest)
        return found

    def _shown_inside(self, value: Thing, path: str) -> Thing:
        """What stands in an object that has no id of its own, or was filled in by an earlier path."""
        first, _, rest = path.partition(".")
        inner = self._things.get(value[first]) if isinstance(value.get(first), str) else None
        if inner is not None:
            return value | {first: self.shown(inner, [rest] if rest else [])}
        if isinstance(value.get(first), dict) and rest:
            return value | {first: self._shown_inside(value[first], rest)}
        return value

    def reset(self) -> None:
        """Forget everything."""
        self._things.clear()
        self._journal.clear()
