"""Walks every address of the resolver as everyone, with own and with strangers' things, and says what it found."""

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from django.db import connection
from django.http import HttpResponse, HttpResponseNotFound
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import Resolver404, URLPattern, get_callable, get_resolver, resolve, reverse
from django.urls.resolvers import RoutePattern

from marketplace.doors import DOORS, SITES
from marketplace.doors.kinds import EVERYONE, FAMILIES, ON_DUTY, Door, Visitor, Whose
from tests import factories

from .databases import unsaved
from .door_things import RECIPES, Person, Side, Thing, browser, make_side

#: What a refused request may write: the refusal itself, the session's own upkeep, and the minutes a teen spends here.
_HARMLESS_TABLES = ("audit_auditevent", "django_session", "usersessions_usersession", "families_screentime")
_WRITE = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)')
#: Where people are led who must first say who they are.
_ENTRANCES = ("/accounts/login/", "/accounts/2fa/", "/accounts/reauthenticate/")
_REFUSED = (401, 403, 404, 405, 410)
_OTHERS_MARKS = {Whose.OWN, Whose.OWN_CHILD, Whose.SECRET}


@dataclass
class Findings:
    """What a walk came to."""

    addresses: int = 0
    checked: int = 0
    allowed_ok: int = 0
    leaks: list[str] = field(default_factory=list)
    shut: list[str] = field(default_factory=list)
    undeclared: list[str] = field(default_factory=list)
    orphaned: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        return [*self.undeclared, *self.orphaned, *self.leaks, *self.shut]


@dataclass(frozen=True)
class Address:
    """One pattern of the resolver: its name with namespaces, and its path as written."""

    name: str
    path: str


def addresses(urlconf: str | None = None) -> list[Address]:
    """Every pattern of the resolver."""
    return [
        Address(f"{':'.join([*names, pattern.name])}" if pattern.name else "", path)
        for names, path, pattern in _patterns(get_resolver(urlconf), (), "")
    ]


def _patterns(resolver: Any, names: tuple[str, ...], path: str) -> Iterator[tuple[tuple[str, ...], str, URLPattern]]:
    for pattern in resolver.url_patterns:
        here = path + _written(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            inner = (*names, pattern.namespace) if pattern.namespace else names
            yield from _patterns(pattern, inner, here)
        else:
            yield names, here, pattern


def _written(pattern: Any) -> str:
    return (
        str(pattern) if isinstance(pattern, RoutePattern) else str(pattern).lstrip("^").rstrip("$").removesuffix("\\Z")
    )


@contextmanager
def plain_refusals() -> Iterator[None]:
    """Say 404 without drawing a page: most of a walk is refused."""
    get_callable.cache_clear()
    with patch("django.views.defaults.page_not_found", lambda request, exception: HttpResponseNotFound()):
        yield
    get_callable.cache_clear()


@contextmanager
def same_cookies(client: Any) -> Iterator[None]:
    """Forget afterwards what a request did to the browser: signing out is a door like others."""
    before = client.cookies.output()
    kept = SimpleCookie(client.cookies)
    yield
    if client.cookies.output() != before:
        client.cookies = kept


@dataclass
class World:
    """Two sides that are strangers to one another."""

    ours: Side
    theirs: Side

    @classmethod
    def make(cls) -> "World":
        return cls(make_side("甲"), make_side("乙"))

    def marks_of_others(self, person: Person, whose: Whose) -> set[str]:
        """What must not stand on a page: other people's marks, on a clinic's page only those of the other side."""
        if whose in (Whose.STAFF_QUEUE, Whose.DEMO):
            return set()
        others = list(self.theirs.people.values())
        if whose in _OTHERS_MARKS or whose == Whose.NONE:
            others += [other for other in self.ours.people.values() if other is not person]
        return {mark for other in others for mark in other.marks} - person.marks


class Walk:
    """One walk through all doors."""

    def __init__(
        self,
        world: World,
        *,
        urlconf: str | None = None,
        doors: dict[str, Door] | None = None,
        every_duty: bool = True,
    ) -> None:
        """`every_duty=False`: of the duties that a door is closed to, one stands for all, another one at each door."""
        self.world, self.urlconf, self.every_duty = world, urlconf, every_duty
        self.doors = DOORS if doors is None else doors
        self.found = Findings()

    def all(self, *, seed: int = 0) -> Findings:
        """Walk every address once, in an order that the seed decides."""
        by_name = self._declared_addresses()
        names = sorted(by_name)
        self.found.addresses += len(names)
        random.Random(seed).shuffle(names)
        self._make_things(names)
        with plain_refusals():
            for name in names:
                for visitor in self._visitors(name, self.doors[name]):
                    self._visit(name, self.doors[name], self.world.ours.people[visitor])
        return self.found

    def _visitors(self, name: str, door: Door) -> list[Visitor]:
        """Who knocks at a door."""
        refused = [visitor for visitor in Visitor if visitor in ON_DUTY - door.who]
        spared = refused if refused and not self.every_duty else []
        if spared:
            spared.remove(random.Random(name).choice(spared))
        return [visitor for visitor in Visitor if visitor not in spared]

    def _declared_addresses(self) -> dict[str, Address]:
        found = [
            address
            for address in addresses(self.urlconf)
            if not address.path.startswith(tuple(SITES)) or address.path in self.doors
        ]
        for address in found:
            if address.name not in self.doors:
                self.found.undeclared.append(f"not declared: {address.name or 'without a name'} /{address.path}")
        names = {address.name for address in found}
        self.found.orphaned += [f"declared, but not an address: {name}" for name in self.doors if name not in names]
        self.found.orphaned += [
            f"{name}: nobody knows how to make “{door.of}” (tests/support/door_things.py)"
            for name, door in self.doors.items()
            if door.of and door.of not in RECIPES
        ]
        usable = {name for name, door in self.doors.items() if not door.of or door.of in RECIPES}
        return {address.name: address for address in found if address.name in usable}

    def _make_things(self, names: list[str]) -> None:
        """Make everybody's things before the first request: what a request changes is undone, these stay."""
        owners: dict[str, set[Visitor]] = {}
        for door in map(self.doors.__getitem__, names):
            owners.setdefault(door.of, set()).update(_owners(door))
        for of in RECIPES:  # in the order in which they are written
            for visitor in Visitor:
                if visitor in owners.get(of, ()):
                    self.world.ours.people[visitor].thing(of)
                    self.world.theirs.people[visitor].thing(of)

    # --- one door, one visitor --------------------------------------------------------------------------------

    def _visit(self, name: str, door: Door, person: Person) -> None:
        if person.visitor in door.who:
            self._must_open(name, door, person)
            if _is_portal(door):
                self._must_wait_for_second_step(name, door, person)
        for thing in self._things_of_others(door, person):
            for method in ("GET", "POST"):
                self._must_stay_shut(f"{person.visitor} {method} {name}", door, person.client, name, thing, method)

    def _things_of_others(self, door: Door, person: Person) -> list[Thing | None]:
        """What this visitor must not open: all of it without the right role, else what is strangers'."""
        if person.visitor not in door.who:
            owners = [visitor for visitor in Visitor if visitor in _owners(door)]
            return [self.world.ours.people[owners[0]].thing(door.of) if door.of and owners else None]
        if not door.of or door.whose in (Whose.NONE, Whose.STAFF_QUEUE, Whose.SECRET):
            return []
        strangers = [self.world.theirs.people[person.visitor]]
        if door.whose in (Whose.OWN, Whose.OWN_CHILD):
            neighbour = Visitor.FAMILY if person.visitor != Visitor.FAMILY else Visitor.PARTNER_STAFF
            strangers.append(self.world.ours.people[neighbour])
        return [thing for stranger in strangers if not (thing := stranger.thing(door.of)).is_shared]

    def _must_open(self, name: str, door: Door, person: Person) -> None:
        thing = person.thing(door.of) if door.of and person.user else self._public_thing(door)
        for method in ("GET", "POST"):
            self.found.checked += 1
            with unsaved():
                response = self._request(person.client, name, thing, method)
                complaint = _complaint(response, door, method) or self._shown(response, door, person)
            if complaint:
                where = self.found.leaks if complaint.startswith("shows") else self.found.shut
                where.append(f"{person.visitor} {method} {name}: {complaint}")
            else:
                self.found.allowed_ok += 1

    def _public_thing(self, door: Door) -> Thing | None:
        """A thing for somebody who owns nothing: the secret or public one of a family."""
        return self.world.ours.people[Visitor.FAMILY].thing(door.of) if door.of else None

    def _shown(self, response: HttpResponse, door: Door, person: Person) -> str:
        if response.streaming or not response.content:
            return ""
        body = response.content.decode(errors="replace")
        # A secret link shows whoever holds it what is its owner's; here a family handed it on.
        owner = self.world.ours.people[Visitor.FAMILY] if door.whose == Whose.SECRET and not person.user else person
        seen = [mark for mark in self.world.marks_of_others(owner, door.whose) if mark in body]
        own = self._public_thing(door) if door.of and not person.user else None
        seen = [mark for mark in seen if not own or mark not in map(str, own.kwargs.values())]
        return f"shows what is others': {', '.join(sorted(seen)[:3])}" if seen else ""

    def _must_wait_for_second_step(self, name: str, door: Door, person: Person) -> None:
        if person.user is None:
            return
        with unsaved():
            client = factories.signed_in(person.user, second_step=False)
            thing = person.thing(door.of) if door.of else None
            label = f"{person.visitor} without second step GET {name}"
            method = "POST" if door.posts else "GET"
            self._must_stay_shut(label, door, client, name, thing, method)

    def _must_stay_shut(self, label: str, door: Door, client: Any, name: str, thing: Thing | None, method: str) -> None:
        self.found.checked += 1
        with unsaved(), CaptureQueriesContext(connection) as queries:
            response = self._request(client, name, thing, method)
            way = self._way_in(response, client)
        written = {found[1] for query in queries if (found := _WRITE.match(query["sql"] or ""))} - set(_HARMLESS_TABLES)
        if response.status_code >= 500:
            self.found.shut.append(f"{label}: {_failure(response)}")
        elif way:
            self.found.leaks.append(f"{label}: {way}")
        elif written:
            self.found.leaks.append(f"{label}: changes {', '.join(sorted(written))}")

    def _way_in(self, response: HttpResponse, client: Any) -> str:
        """Say how a request that must be refused was not: an answer, or the way to a page of its own."""
        if response.status_code in _REFUSED:
            return ""
        if response.status_code in (301, 302, 303):
            return (
                ""
                if _leads_elsewhere(response["Location"], self.doors, client)
                else f"leads on to {response['Location']}"
            )
        return f"opens with {response.status_code}"

    def _request(self, client: Any, name: str, thing: Thing | None, method: str) -> HttpResponse:
        thing = thing or Thing()
        path = reverse(name, kwargs=thing.kwargs, urlconf=self.urlconf)
        url = f"{path}?{thing.query}" if thing.query else path
        with same_cookies(client):
            return client.post(url, thing.data) if method == "POST" else client.get(url)


def _owners(door: Door) -> frozenset[Visitor]:
    """Who has such a thing: whoever may open the door; of a public one a family shows it."""
    return (door.who if door.who != EVERYONE else FAMILIES) - {Visitor.ANONYMOUS}


def _is_portal(door: Door) -> bool:
    """A door for those only who work on the bridge."""
    return not door.who & (FAMILIES | {Visitor.ANONYMOUS})


def _complaint(response: HttpResponse, door: Door, method: str) -> str:
    """Say why an answer is no open door to somebody who may come in; "" when it is one."""
    status, location = response.status_code, response.get("Location", "")
    if status >= 500:
        return _failure(response)
    if location.startswith(_ENTRANCES) and not door.passes:
        return f"leads to {location}"
    if method == "GET":
        if door.posts:
            return "" if status == 405 else f"takes only what is sent, but answers {status}"
        if status == 200 or (door.passes and status in (204, 301, 302, 303)):
            return ""
        return f"stays shut with {status}"
    if door.posts and status in _REFUSED:
        return f"stays shut with {status}"
    return ""


def _failure(response: HttpResponse) -> str:
    raised = getattr(response, "exc_info", None)
    return f"fails with {response.status_code} ({raised[1]!r:.200})" if raised else f"fails with {response.status_code}"


def _leads_elsewhere(location: str, doors: dict[str, Door], client: Any) -> bool:
    """Return whether a way leads to an entrance, or to a page that is open to this visitor by itself."""
    if location.startswith(_ENTRANCES):
        return True
    try:
        found = resolve(location.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0])
    except Resolver404:
        return False
    door = doors.get(found.view_name)
    return bool(door and not found.kwargs and (door.who == EVERYONE or "_auth_user_id" in client.session))


# --- the sites of packages ------------------------------------------------------------------------------------------

#: Hundreds of addresses behind two doors: that sending is no other way in than asking is tried by these.
_WHO_TRIES_SITES = tuple(
    visitor for visitor in Visitor if visitor not in (Visitor.SAFETY, Visitor.REVIEW, Visitor.PRIVACY)
)  # one duty for all: the gate asks for none
_WHO_ALSO_SENDS = (Visitor.ANONYMOUS, Visitor.FAMILY, Visitor.SUPPORT)
_BARE_MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "marketplace.accounts.security.middleware.GateMiddleware",
]
_SAMPLES = {"int": "1", "str": "a", "slug": "a", "path": "1", "uuid": str(uuid4())}


def site_paths() -> list[tuple[str, str]]:
    """(prefix, path) of every address under Django's admin and Wagtail, parameters filled with samples."""
    found = []
    for address in addresses():
        prefix = next((site for site in SITES if address.path.startswith(site)), None)
        if prefix is None:
            continue
        path = re.sub(r"<(?:(\w+):)?\w+>", lambda match: _SAMPLES.get(match[1] or "str", "a"), address.path)
        path = re.sub(r"\(\?P<\w+>[^)]*\)|\([^)]*\)", "1", path).replace("\\", "")
        try:
            resolve(f"/{path}")
        except Resolver404:
            path = address.path
        found.append((prefix, path))
    return found


def walk_sites(world: World, found: Findings) -> None:
    """Nobody but those declared gets anywhere in them; whoever is declared finds the front door open.

    Between the visitor and the gate stands only what the gate needs: hundreds of addresses, ten kinds of people.
    """
    paths = site_paths()
    found.addresses += len(paths)
    walk = Walk(world)
    walk.found = found
    with plain_refusals(), override_settings(MIDDLEWARE=_BARE_MIDDLEWARE):
        for visitor in _WHO_TRIES_SITES:
            client = browser()
            client.cookies = world.ours.people[visitor].client.cookies
            refused = [path for prefix, path in paths if visitor not in SITES[prefix].who]
            for method in ("GET", "POST") if visitor in _WHO_ALSO_SENDS else ("GET",):
                with unsaved(), same_cookies(client):
                    for path in refused:
                        _site_request(walk, f"{visitor} {method} /{path}", client.generic(method, f"/{path}"), client)
    for prefix, door in SITES.items():
        for visitor in door.who:
            _front_door(found, world.ours.people[visitor], prefix)


def _site_request(walk: Walk, label: str, response: HttpResponse, client: Any) -> None:
    walk.found.checked += 1
    if way := walk._way_in(response, client):
        walk.found.leaks.append(f"{label}: {way}")


def _front_door(found: Findings, person: Person, prefix: str) -> None:
    found.checked += 2
    with unsaved():
        response = person.client.get(f"/{prefix}")
        without = factories.signed_in(person.user, second_step=False).get(f"/{prefix}")
    if response.status_code != 200:
        found.shut.append(f"{person.visitor} GET /{prefix}: stays shut with {response.status_code}")
    else:
        found.allowed_ok += 1
    if not without.get("Location", "").startswith(_ENTRANCES):
        found.leaks.append(f"{person.visitor} without second step GET /{prefix}: opens with {without.status_code}")
