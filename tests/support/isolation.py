"""Two organisations of a kind that must know nothing of one another: every address with the other's ids, every list
for the other's words, every form with the other's rows chosen in it."""

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.db.models import Model
from django.forms.models import model_to_dict
from django.http import HttpResponse

from catalog.partner.enums import OrganisationType
from marketplace.doors import DOORS
from marketplace.doors.kinds import Door, Visitor, Whose

from .databases import unsaved
from .door_things import Person, Thing, make_side
from .door_walk import Address, Walk, World, addresses, plain_refusals

#: Who works in an organisation.
WORKERS = (Visitor.PARTNER_STAFF, Visitor.FRONT_DESK, Visitor.BOOKKEEPER, Visitor.PRACTITIONER)
_ID = re.compile(r"^(\d+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$")


@dataclass
class Tried:
    """What a walk came to."""

    attempts: int = 0
    allowed_ok: int = 0
    leaks: list[str] = field(default_factory=list)
    shut: list[str] = field(default_factory=list)

    def add(self, other: "Tried") -> None:
        """Take in what another walk found."""
        self.attempts += other.attempts
        self.allowed_ok += other.allowed_ok
        self.leaks += other.leaks
        self.shut += other.shut


def own_doors(doors: dict[str, Door] | None = None) -> dict[str, Door]:
    """The addresses behind which an organisation's own things are."""
    found = DOORS if doors is None else doors
    return {name: door for name, door in found.items() if door.whose == Whose.OWN_ORGANISATION}


class Neighbours(Walk):
    """One organisation at every door of its portal, with its own things and with its neighbour's."""

    def __init__(
        self, kind: OrganisationType, *, urlconf: str | None = None, doors: dict[str, Door] | None = None
    ) -> None:
        world = World(make_side("甲", kind), make_side("乙", kind))
        super().__init__(world, urlconf=urlconf, doors=own_doors(doors))
        self.kind = kind
        self.tried = Tried()

    def walk(self, *, seed: int = 0, most_doors: int | None = None, most_forms: int | None = None) -> Tried:
        """Try every door (or so many of them) in the seed's order, then so many forms with the neighbour's rows."""
        dice = random.Random(f"{seed}:{self.kind}")
        names = sorted(self._declared_addresses())
        dice.shuffle(names)
        names = names[:most_doors]
        self._make_things(names)
        with plain_refusals():
            for name in names:
                for person in self._workers(self.doors[name]):
                    self._visit(name, self.doors[name], person)
            self._fill_in(names, dice, most_forms)
        self.tried.leaks += self.found.leaks
        # What is named by doors is a clinic's; who works in a school, say, is shown less of a child (consent.rules).
        is_clinic = self.kind == OrganisationType.CLINIC
        self.tried.shut += [f"{self.kind} {each}" for each in self.found.shut if is_clinic or "fails with" in each]
        self.tried.allowed_ok += self.found.allowed_ok
        return self.tried

    def _workers(self, door: Door) -> list[Person]:
        return [self.world.ours.people[visitor] for visitor in WORKERS if visitor in door.who]

    def _declared_addresses(self) -> dict[str, Address]:
        """Other walks say what is not declared; here only what opens to organisations counts."""
        return {each.name: each for each in addresses(self.urlconf) if each.name in self.doors}

    def _must_wait_for_second_step(self, name: str, door: Door, person: Person) -> None:
        """Not here: `make show-doors` asks for it."""

    def _must_stay_shut(self, label: str, door: Door, client: Any, name: str, thing: Thing | None, method: str) -> None:
        self.tried.attempts += 1
        super()._must_stay_shut(f"{self.kind} {label}", door, client, name, thing, method)

    def _must_open(self, name: str, door: Door, person: Person) -> None:
        """An own page is an attempt, too: nothing of the neighbour's may stand on it."""
        self.tried.attempts += 2
        super()._must_open(name, door, person)

    # --- forms with the neighbour's rows -----------------------------------------------------------------------

    def _fill_in(self, names: Iterable[str], dice: random.Random, most: int | None) -> None:
        """Choose the neighbour's rows in every form of one's own."""
        tries = [(form, row) for form in self._forms(names) for row in self._rows_of_neighbour() if form.takes(row)]
        for form, row in tries if most is None else dice.sample(tries, min(most, len(tries))):
            self.tried.attempts += 1
            with unsaved():
                before = _fingerprint(row)
                response = form.person.client.post(form.path, form.with_row(row))
                after = _fingerprint(row)
                said = self._says(response, form.person)
            if before != after:
                self.tried.leaks.append(f"{self.kind} {form.name}: takes {row._meta.label} of a neighbour")
            elif said:
                self.tried.leaks.append(f"{self.kind} {form.name}: {said}")

    def _forms(self, names: Iterable[str]) -> list["Form"]:
        found: dict[tuple[str, ...], Form] = {}
        for name in names:
            door = self.doors[name]
            for person in self._workers(door) if not door.posts else []:
                thing = person.thing(door.of) if door.of else None
                response = self._request(person.client, name, thing, "GET")
                if response.status_code == 200 and "html" in response.get("Content-Type", ""):
                    for form in _forms_in(response, name, person):
                        found.setdefault((str(person.visitor), form.path, *sorted(form.fields)), form)
        return [found[key] for key in sorted(found)]

    def _rows_of_neighbour(self) -> list[Model]:
        side = self.world.theirs
        things = [thing.row for visitor in WORKERS for thing in side.people[visitor].things.values()]
        rows = {(row._meta.label, row.pk): row for row in (side.provider, side.service, side.partner, *things) if row}
        return [rows[key] for key in sorted(rows)]

    def _says(self, response: HttpResponse, person: Person) -> str:
        if response.status_code >= 500:
            return f"fails with {response.status_code}"
        body = "" if response.streaming else response.content.decode(errors="replace")
        seen = [mark for mark in self.world.marks_of_others(person, Whose.OWN_ORGANISATION) if mark in body]
        # What was just typed in may be said back; what was not may not.
        return f"shows {seen[0]}" if [mark for mark in seen if not _ID.match(mark)] else ""


@dataclass
class Form:
    """A form on somebody's own page: where it goes, what it sends, and which of its fields choose a row."""

    name: str
    path: str
    person: Person
    fields: dict[str, str]
    choosing: dict[str, str]

    def takes(self, row: Model) -> bool:
        """Whether a field could name such a row."""
        return any(self._id_of(row, sample) for sample in self.choosing.values())

    def with_row(self, row: Model) -> dict[str, str]:
        """What the form sends when every field that chooses a row names this one."""
        named = {name: self._id_of(row, sample) for name, sample in self.choosing.items()}
        return self.fields | {name: value for name, value in named.items() if value}

    @staticmethod
    def _id_of(row: Model, sample: str) -> str:
        """The row's id in the shape of the field's own choices."""
        return str(row.pk) if sample.isdigit() else str(getattr(row, "public_id", ""))


class _Reader(HTMLParser):
    """Reads the forms that are sent by POST."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self._select = ""
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = given.get("method", "").lower() == "post"
            if self._inside:
                self.forms.append({"action": given.get("action", ""), "fields": {}, "choosing": {}})
        elif self._inside and tag == "select":
            self._select = given.get("name", "")
        elif self._inside and tag == "option":
            self._chooses(self._select, given.get("value", ""))
        elif self._inside and tag in ("input", "textarea", "button") and given.get("name"):
            self._field(given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "select":
            self._select = ""

    def _field(self, given: dict[str, str]) -> None:
        name, value = given["name"], given.get("value", "")
        if given.get("type") in ("radio", "checkbox", "hidden"):
            self._chooses(name, value)
        else:
            self.forms[-1]["fields"].setdefault(name, value)

    def _chooses(self, name: str, value: str) -> None:
        if not name or name == "csrfmiddlewaretoken":
            return
        self.forms[-1]["fields"].setdefault(name, value)
        if _ID.match(value):
            self.forms[-1]["choosing"].setdefault(name, value)


def _forms_in(response: HttpResponse, name: str, person: Person) -> Iterator[Form]:
    reader = _Reader()
    reader.feed(response.content.decode())
    for form in reader.forms:
        if form["choosing"]:
            path = form["action"] or response.wsgi_request.get_full_path()  # type: ignore[attr-defined]
            yield Form(name, path, person, form["fields"], form["choosing"])


def _fingerprint(row: Model) -> dict[str, Any]:
    """A row's own values, and how many rows of every kind lead to it."""
    fresh = type(row)._default_manager.filter(pk=row.pk).first()
    if fresh is None:
        return {}
    leading = {
        relation.get_accessor_name(): relation.related_model._default_manager.filter(
            **{relation.field.name: fresh}
        ).count()
        for relation in row._meta.related_objects
        if relation.related_model is not None
    }
    return {"values": {name: str(value) for name, value in model_to_dict(fresh).items()}, "leading": leading}


def walk_all(
    kinds: Iterable[OrganisationType], *, seed: int = 0, most_doors: int | None = None, most_forms: int | None = None
) -> Tried:
    """Walk with two organisations of each kind."""
    tried = Tried()
    for kind in kinds:
        with unsaved():
            tried.add(Neighbours(kind).walk(seed=seed, most_doors=most_doors, most_forms=most_forms))
    return tried
