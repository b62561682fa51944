"""How fast the listing and a product's page are, and whether they stay so: `make bench-browse`.

5,000 products of 200 providers, then 50,000. Listings are asked for signed in and as a visitor, on first and deep pages,
with and without facets, all under gunicorn with two sync workers; in the same run and in turns with them two bare views:
one that is only an HttpResponse, and one that knows the session's user and nothing more. The last line is JSON.

SIZE=500,2000 makes a quick run; SEED another catalogue; SECONDS is how long each turn lasts.
"""

import json
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from statistics import median
from typing import Any, NamedTuple

from . import ground
from .load import Load, Request, once, run, server_pids

SIZES = [int(size) for size in os.environ.get("SIZE", "5000,50000").split(",")]
SEED = int(os.environ.get("SEED", "20261122"))
SECONDS = float(os.environ.get("SECONDS", "3"))
TURNS = 3
DATABASE = "bench_browse"
OPTIONS = ("--workers=2", "--worker-class=sync", "--backlog=512", "--timeout=120")


def scenes(needs: list[int], last_page: int) -> dict[str, list[str]]:
    """Return the paths of every kind of listing; facets differ from one to the next."""
    facets = [
        f"need={need}&{more}" for need in needs for more in ("mode=phone", "when=weekend", "price=500&org=clinic")
    ]
    return {
        "first": [
            "/services/",
            "/services/?sort=soonest",
            "/services/?sort=price",
            "/services/?page=2",
            "/services/?page=3",
        ],
        "first_facets": [f"/services/?{each}" for each in facets],
        "deep": [f"/services/?page={page}" for page in range(max(2, last_page - 8), last_page)],
        "deep_facets": [
            f"/services/?kind={{kind}}&page={page}" for page in range(max(2, last_page // 2 - 8), last_page // 2)
        ],
    }


class Server(NamedTuple):
    """A running gunicorn: where it answers, and the file number of its socket, by which its processes are known."""

    url: str
    socket_fd: int


class Bench:
    """One size of the catalogue: its people, its paths, and what was measured."""

    def __init__(self, size: int, cookies: list[str], servers: dict[str, Server]) -> None:
        from catalog.browse.filters import PAGE_SIZE
        from catalog.browse.models import Listing
        from catalog.catalogue.models import Category

        self.size, self.cookies, self.servers = size, cookies, servers
        needs = list(Category.objects.filter(axis="need").order_by("pk").values_list("pk", flat=True)[:6])
        kind = Category.objects.get(slug="counselling").pk
        # The same pages for every size: a deeper page is a different question.
        last_page = min(size, SIZES[0]) // PAGE_SIZE
        self.paths = {
            name: [path.replace("{kind}", str(kind)) for path in paths]
            for name, paths in scenes(needs, last_page).items()
        }
        sessions = Listing.objects.filter(card__kind="session").select_related("product").order_by("pk")[:20]
        self.paths["product"] = [row.product.get_absolute_url() for row in sessions]

    def requests(self, scene: str, *, is_signed: bool) -> list[Request]:
        """Return the requests of a scene; signed in, each path is asked for by several people."""
        paths = self.listing_paths if scene == "listing" else self.paths[scene]
        if not is_signed:
            return [Request(path) for path in paths]
        return [
            Request(path, self.cookies[(place + turn) % len(self.cookies)])
            for turn in range(5)
            for place, path in enumerate(paths)
        ]

    @property
    def listing_paths(self) -> list[str]:
        """The same number of paths of every kind of listing."""
        each = [paths for name, paths in self.paths.items() if name != "product"]
        return [paths[place % len(paths)] for place in range(10) for paths in each]

    def loads(self) -> dict[str, Load]:
        """Let everything have its turns, and return the middle one of each."""
        bare = {"bare": [Request("/")], "bare_signed": [Request("/", cookie) for cookie in self.cookies]}
        wanted = {name: (self.servers[name], requests) for name, requests in bare.items()}
        for scene in ("listing", *self.paths):
            wanted[f"{scene}_signed"] = (self.servers["product"], self.requests(scene, is_signed=True))
            wanted[f"{scene}_visitor"] = (self.servers["product"], self.requests(scene, is_signed=False))
        turns: dict[str, list[Load]] = {name: [] for name in wanted}
        for server, requests in wanted.values():
            run(server.url, requests, seconds=SECONDS / 3, pids=[])
        for _ in range(TURNS):
            for name, (server, requests) in wanted.items():
                # A steady stream is measured: counts and orders are kept for a minute, `cold_ms` is the first look.
                once(server.url, requests)
                pids = server_pids(server.socket_fd)
                turns[name].append(run(server.url, requests, seconds=SECONDS, pids=pids))
        found = {name: sorted(loads, key=lambda load: load.per_second)[TURNS // 2] for name, loads in turns.items()}
        for name, load in found.items():
            print(
                f"{self.size:>6} products  {name:<22} {load.per_second:8.1f}/s  {load.median_ms:7.2f} ms"
                f"  {load.cpu_ms:6.2f} ms CPU of the web processes",
                flush=True,
            )
        return found

    def cold_ms(self) -> float:
        """Return the middle time of a signed-in listing of which nothing is kept."""
        from django.core.cache import cache

        times = []
        for request in self.requests("listing", is_signed=True)[:20]:
            cache.clear()
            begun = time.perf_counter()
            once(self.servers["product"].url, [request])
            times.append((time.perf_counter() - begun) * 1000)
        return round(median(times), 1)

    def queries(self, scene: str) -> int:
        """Return the most queries any page of a scene makes, signed in, with nothing kept and again right after."""
        from django.core.cache import cache
        from django.db import connection
        from django.test import Client
        from django.test.utils import CaptureQueriesContext

        most = 0
        for place, request in enumerate(self.requests(scene, is_signed=True)[:24]):
            client = Client(HTTP_COOKIE=request.cookie)
            if place % 2 == 0:
                cache.clear()
            with CaptureQueriesContext(
                connection,
            ) as captured:
                assert client.get(request.path).status_code == 200
            most = max(most, len(captured))
        return most


def cookies_of(people: list[Any]) -> list[str]:
    """Sign people in and return their cookies."""
    from .booking_http import sessions_of

    children = {user.pk: user.children.first().pk for user in people}
    return [f"sessionid={key}" for key, _ in sessions_of(children).values()]


@contextmanager
def serving() -> Iterator[dict[str, Server]]:
    """Serve the product and the two bare views."""
    from tests.support.http import gunicorn, reserved_port

    applications = {
        "bare": ("tests.benchmarks.bare:application", ""),
        "bare_signed": ("tests.benchmarks.bare:application", "signed"),
        "product": ("marketplace.wsgi:application", ""),
    }
    os.environ.setdefault("XINQIAO_TEST_SLOT", "bench")
    with ExitStack() as stack:
        servers = {}
        for name, (application, kind) in applications.items():
            os.environ["XINQIAO_BARE"] = kind
            port = stack.enter_context(reserved_port())
            url = stack.enter_context(gunicorn(application, port, *OPTIONS, path="/"))
            servers[name] = Server(url, port.fileno())
        yield servers


def search_save_ms() -> float:
    """Return what it takes to save one product and to have its listing and its search entry follow."""
    from catalog.browse.services import refresh_listings
    from catalog.catalogue.models import Product

    times = []
    for place, product in enumerate(Product.objects.order_by("pk")[:12]):
        product.title = f"{product.title} 改 {place}"
        begun = time.perf_counter()
        product.save()
        refresh_listings(product_ids=[product.pk])
        times.append((time.perf_counter() - begun) * 1000)
    return round(median(times[2:]), 1)


def measure() -> dict[str, Any]:
    """Run everything and return the figures."""
    from django.core.cache import cache

    from .browse_world import make_people, make_world, multiply_world

    cache.clear()
    begun = time.monotonic()
    make_world(SIZES[0], SEED)
    print(f"{SIZES[0]} products made and listed in {time.monotonic() - begun:.0f} s", flush=True)
    cookies = cookies_of(make_people())
    loads: dict[int, dict[str, Load]] = {}
    queries: dict[str, int] = {}
    cold: dict[int, float] = {}
    for size in SIZES:
        if size != SIZES[0]:
            multiply_world(size // SIZES[0])
        cache.clear()
        with serving() as servers:
            bench = Bench(size, cookies, servers)
            for scene in ("listing", "product"):
                queries[scene] = max(queries.get(scene, 0), bench.queries(scene))
            loads[size] = bench.loads()
            cold[size] = bench.cold_ms()
    return figures(loads, queries) | {
        "listing_cold_ms": list(cold.values()),
        "search_save_ms": search_save_ms(),
        "sizes": SIZES,
    }


def figures(loads: dict[int, dict[str, Load]], queries: dict[str, int]) -> dict[str, Any]:
    """Return what the issue asks for: ratios of the smaller size, and how the larger one compares."""
    small, large = loads[SIZES[0]], loads[SIZES[-1]]
    return {
        "queries_listing": queries["listing"],
        "queries_product": queries["product"],
        "ratio_signed_to_bare_signed": _ratio(small["listing_signed"], small["bare_signed"]),
        "ratio_anonymous_to_bare": _ratio(small["listing_visitor"], small["bare"]),
        "ratio_signed_to_bare_signed_largest": _ratio(large["listing_signed"], large["bare_signed"]),
        "ratio_anonymous_to_bare_largest": _ratio(large["listing_visitor"], large["bare"]),
        "cost_50k_over_5k": round(_relative_cost(large) / _relative_cost(small), 2),
        "listing_ms": round(small["listing_signed"].median_ms, 2),
        "product_ms": round(small["product_signed"].median_ms, 2),
        "listing_cpu_ms": round(small["listing_signed"].cpu_ms, 2),
        "product_cpu_ms": round(small["product_signed"].cpu_ms, 2),
    }


def _ratio(load: Load, to: Load) -> float:
    return round(load.per_second / to.per_second, 3)


def _relative_cost(of: dict[str, Load]) -> float:
    """Time of a signed-in listing by the time of the bare view beside it, so that a busier machine does not count."""
    return of["bare_signed"].per_second / of["listing_signed"].per_second


if __name__ == "__main__":
    ground.prepare(DATABASE)
    try:
        result = measure()
    finally:
        ground.leave()
    print(json.dumps(result))
