"""Servers, databases and browsers for all tests; what they hold comes from tests/factories."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from marketplace.core.embedded import serving
from tests.support import slots
from tests.support.browser import axe, browser, look, page, viewport  # noqa: F401
from tests.support.concurrency import run_concurrently as run_threads
from tests.support.http import address, gunicorn, log_of, reserved_port, rooms_beside

PRODUCT = "marketplace.wsgi:application"
SIMULATOR = "payments.simulators.wsgi:application"

# A busy machine draws slowly; that is no fault of what is tested.
hypothesis_settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("patient")

_simulator_port = None


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Choose this process's databases, then load settings: they read the choice from the environment.

    Under xdist only the workers do; the controller runs no test, and its environment would leak into them.
    """
    is_controller = bool(config.getoption("tx", None)) and not hasattr(config, "workerinput")
    if is_controller or config.getoption("help") or config.getoption("version"):
        os.environ.pop("DJANGO_SETTINGS_MODULE", None)  # importing the project has set it, and workers would inherit it
        return
    global _simulator_port
    _simulator_port = reserved_port()
    slot = slots.claim()
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "marketplace.settings.test",
        "XINQIAO_PURPOSE": "test",
        "SIMULATOR_PORT": str(_simulator_port.getsockname()[1]),
    }
    from django.conf import settings

    from tests.support import clients

    if settings.DATABASES["default"]["NAME"] != f"xinqiao_{slot}":
        raise pytest.UsageError("Settings were loaded too early: run the tests without DJANGO_SETTINGS_MODULE.")
    clients.find_static_files_when_asked()


def pytest_unconfigure() -> None:
    slots.leave_servers()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Let fixtures know whether their test failed."""
    report = yield
    if report.when == "call":
        item.failed = report.failed
    return report


@pytest.fixture(scope="session", autouse=True)
def servers() -> None:
    """The embedded PostgreSQL and Redis of this checkout's tests."""
    slots.start_servers()


@pytest.fixture(scope="session")
def django_db_setup(servers: None, django_db_blocker) -> Iterator[None]:
    """A database of this process alone, made by the real migrations; a test that commits gets a fresh one afterwards."""
    from django.contrib.contenttypes.models import ContentType
    from django.contrib.sites.models import Site
    from django.db import connection, connections
    from django.test import TransactionTestCase

    from tests.support import databases

    def renew(_: object = None) -> None:
        connections.close_all()
        databases.renew(connection.settings_dict["NAME"])
        ContentType.objects.clear_cache()
        Site.objects.clear_cache()

    # A flush would lose what migrations put there: Wagtail's root page, sites, locales.
    flush, TransactionTestCase._fixture_teardown = TransactionTestCase._fixture_teardown, renew
    with django_db_blocker.unblock():
        databases.prepare_template()
        renew()
    yield
    TransactionTestCase._fixture_teardown = flush
    connections.close_all()


@pytest.fixture(autouse=True)
def empty_cache(servers: None) -> Iterator[None]:
    """No test sees what another one cached, sessions included."""
    yield
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def run_concurrently(transactional_db: None):
    """`run_concurrently(function, times)`: see tests.support.concurrency."""
    return run_threads


@pytest.fixture(scope="session")
def _product(django_db_setup: None) -> Iterator[str]:
    with reserved_port() as port:
        # Messages to the simulator name the address at which it can reach us back.
        os.environ["PUBLIC_BASE_URL"] = address(port)
        options = (
            "--workers=2",
            "--worker-class=gthread",
            "--threads=8",
            "--backlog=512",
            "--timeout=120",
            "--proxy-protocol=v1",
            *serving.ACCESS_LOG,
        )
        with gunicorn(PRODUCT, port, *options, path="/healthz") as url:
            yield url


@pytest.fixture
def gunicorn_server(request: pytest.FixtureRequest, _product: str, transactional_db: None, settings) -> Iterator[str]:
    """The product under gunicorn (2 processes of 8 threads) on this test's database; its base URL.

    What the server wrote during a test that failed is shown with it.
    """
    settings.PUBLIC_BASE_URL = _product
    log = log_of(PRODUCT)
    begin = log.stat().st_size
    yield _product
    if getattr(request.node, "failed", False):
        print(log.read_text(errors="replace")[begin:][-8000:])


@pytest.fixture(scope="session")
def _rooms(_product: str) -> Iterator[str]:
    with reserved_port() as port, rooms_beside(_product, port) as url:
        yield url


@pytest.fixture
def room_server(request: pytest.FixtureRequest, gunicorn_server: str, _rooms: str) -> Iterator[str]:
    """Pages and consultation rooms on one port, as in the demo, on this test's database; the base URL.

    WebSockets answer at the same address under /ws/. What the rooms' server wrote during a test that failed is shown.
    """
    log = log_of(serving.ROOMS)
    begin = log.stat().st_size
    yield _rooms
    if getattr(request.node, "failed", False):
        print(log.read_text(errors="replace")[begin:][-8000:])


@pytest.fixture(scope="session")
def simulator_server() -> Iterator[str]:
    """The Alipay simulator under gunicorn; its base URL, which settings already name."""
    with gunicorn(SIMULATOR, _simulator_port, "--threads=4") as url:
        yield url
