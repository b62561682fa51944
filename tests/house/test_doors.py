"""Every address of the site, tried as everyone: nobody gets further than marketplace/doors says, and everyone so far."""

from collections.abc import Iterator

import pytest
from django.urls import NoReverseMatch, reverse

from tests.support import planted_doors
from tests.support.databases import unsaved
from tests.support.door_walk import Findings, Walk, World, walk_sites


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    """Two clinics and two of every kind of person, for the whole module; undone at its end."""
    with django_db_blocker.unblock(), unsaved():
        yield World.make()


@pytest.fixture(scope="module")
def found(world) -> Findings:
    walk = Walk(world, every_duty=False)  # `make show-doors` lets every duty knock
    walk.all()
    walk_sites(world, walk.found)
    return walk.found


def _list(findings: list[str]) -> str:
    return f"{len(findings)}:\n" + "\n".join(findings[:40])


def test_every_address_is_declared_and_every_declared_one_exists(found):
    assert not found.undeclared + found.orphaned, _list(found.undeclared + found.orphaned)


def test_nobody_gets_in_who_may_not(found):
    assert not found.leaks, _list(found.leaks)


def test_everybody_opens_their_own_pages(found):
    assert not found.shut, _list(found.shut)
    assert found.allowed_ok > 1000 and found.checked > 10 * 600


@pytest.mark.parametrize("planted", planted_doors.EXPECTED)
def test_a_wrong_door_is_found(planted_found, planted):
    assert planted in planted_found


@pytest.fixture(scope="module")
def planted_found(world) -> set[str]:
    return planted_doors.find_planted(world)


@pytest.mark.parametrize("name", ["dashboard:index", "customer:login", "catalogue:index", "wagtail_serve", "api:index"])
def test_what_is_not_built_or_not_wanted_is_not_mounted(name):
    with pytest.raises(NoReverseMatch):
        reverse(name, args=["x"] if name == "wagtail_serve" else [])
