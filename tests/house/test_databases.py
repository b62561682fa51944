"""The tests' own database plumbing does what the other tests rely on."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection

from tests.support.concurrency import run_concurrently as run_threads
from tests.support.slots import PLACE


@pytest.mark.django_db(transaction=True)
def test_threads_see_only_what_is_committed_and_have_connections_of_their_own(run_concurrently):
    Group.objects.create(name="committed")

    def backend(_: int) -> tuple[int, int]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            return cursor.fetchone()[0], Group.objects.filter(name="committed").count()

    values = [outcome.value for outcome in run_concurrently(backend, 5)]
    assert len({pid for pid, _ in values}) == 5
    assert {count for _, count in values} == {1}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_what_a_test_commits_is_gone_for_the_next_and_migrated_rows_stay(time):
    from wagtail.models import Page

    assert not Group.objects.filter(name="left over").exists()
    assert Page.objects.filter(depth=1).exists()
    Group.objects.create(name="left over")


def test_an_exception_in_a_thread_reaches_the_test():
    def refuse(number: int) -> int:
        if number:
            raise ValueError(number)
        return number

    first, second = run_threads(refuse, 2)
    assert first.value == 0
    assert isinstance(second.error, ValueError)


def test_tests_reach_only_the_servers_of_tests(settings):
    assert settings.EMBEDDED_PURPOSE == "test"
    assert settings.DATABASES["default"]["HOST"] == str(PLACE.sockets)
    assert str(PLACE.redis_socket) in settings.CACHES["default"]["LOCATION"]
