"""What is written becomes links of its Shanghai day's chain; a day is closed once, after its late looks."""

from datetime import date

import pytest

from marketplace.core.audit import services
from marketplace.core.audit.chain import NOTHING_BEFORE, digest, event_content, seal_content
from marketplace.core.audit.models import AuditEvent, DaySeal
from marketplace.core.audit.services import sealing
from marketplace.core.audit.tasks import seal_events as task
from tests.factories.audit import make_looks, november

pytestmark = pytest.mark.django_db


def chain_of(day: int) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(chain_on=date(2026, 11, day)).order_by("position"))


def test_links_carry_on_from_one_another():
    events = make_looks(3, at=november(20))
    assert services.seal_events(now=november(20, 13)) == 3
    chain = chain_of(20)
    assert [event.pk for event in chain] == [event.pk for event in events]
    assert [event.position for event in chain] == [1, 2, 3]
    assert [event.previous_hash for event in chain] == [NOTHING_BEFORE, chain[0].hash, chain[1].hash]
    assert all(event.hash == digest(event_content(event)) for event in chain)


def test_sealing_again_changes_nothing():
    make_looks(2, at=november(20))
    services.seal_events(now=november(20, 13))
    before = list(AuditEvent.objects.values()), list(DaySeal.objects.values())
    assert services.seal_events(now=november(20, 14)) == 0
    assert (list(AuditEvent.objects.values()), list(DaySeal.objects.values())) == before


def test_a_day_is_a_day_in_november():
    make_looks(1, at=november(20, 23, 59))
    make_looks(1, at=november(21, 0, 0))
    services.seal_events(now=november(21, 0, 1))
    assert (len(chain_of(20)), len(chain_of(21))) == (1, 1)


def test_the_tail_of_an_open_day_has_an_interim_seal_that_goes_when_the_day_is_closed():
    make_looks(2, at=november(20))
    services.seal_events(now=november(20, 13))
    make_looks(1, at=november(20, 14))
    services.seal_events(now=november(20, 14, 1))
    assert list(DaySeal.objects.values_list("count", "is_final")) == [(2, False), (3, False)]
    services.seal_events(now=november(21, 1))
    (final,) = DaySeal.objects.all()
    assert (final.count, final.is_final, final.last_hash) == (3, True, chain_of(20)[-1].hash)
    assert final.hash == digest(seal_content(final))


def test_final_seals_carry_on_from_one_another():
    for day in (18, 20):
        make_looks(1, at=november(day))
    services.seal_events(now=november(22))
    first, second = DaySeal.objects.order_by("chain_on")
    assert (first.previous_hash, second.previous_hash) == (NOTHING_BEFORE, first.hash)


def test_the_tail_carries_on_from_the_day_that_was_closed_meanwhile():
    make_looks(1, at=november(20))
    make_looks(1, at=november(21, 0, 10))
    services.seal_events(now=november(21, 0, 30))
    services.seal_events(now=november(21, 1))
    final, tail = DaySeal.objects.get(is_final=True), DaySeal.objects.filter(is_final=False).latest("pk")
    assert (tail.count, tail.previous_hash) == (1, final.hash)


def test_a_look_that_commits_after_midnight_still_joins_its_day():
    make_looks(1, at=november(20))
    services.seal_events(now=november(21, 0, 30))
    make_looks(1, at=november(20, 23, 59))
    services.seal_events(now=november(21, 1))
    assert DaySeal.objects.get(is_final=True).count == 2


def test_a_look_that_comes_after_its_day_was_closed_joins_the_next_one_and_keeps_its_time():
    make_looks(1, at=november(20))
    services.seal_events(now=november(21, 1))
    (late,) = make_looks(1, at=november(20, 23))
    services.seal_events(now=november(21, 2))
    (joined,) = chain_of(21)
    assert (joined.pk, joined.recorded_at) == (late.pk, november(20, 23))


def test_many_events_are_sealed_in_portions(monkeypatch):
    monkeypatch.setattr(sealing, "PORTION", 4)
    make_looks(8, at=november(20))
    assert services.seal_events(now=november(20, 13)) == 8
    assert [event.position for event in chain_of(20)] == list(range(1, 9))


def test_beat_asks_for_it_by_this_name(settings):
    make_looks(1, at=november(20))
    assert task.name == settings.CELERY_BEAT_SCHEDULE["seal-audit"]["task"]
    assert task() == 1
