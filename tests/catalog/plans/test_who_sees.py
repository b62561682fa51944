"""Who may see a plan: random families and consents against a rule written a second time, from the design card alone."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.plans.enums import PlanStatus
from catalog.plans.selectors import family_children, may_see_plan, plans_of_family
from catalog.plans.sights import opened_to_family, readers_of
from marketplace.consent.enums import ConsentEventKind, DataItem, GivenAs, Purpose
from tests.factories import make_child, make_partner_staff, make_user
from tests.factories.consent import add_event, make_consent
from tests.factories.plans import make_plan, make_writer

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Word:
    """A consent somebody gave: to a guardian or to the provider's organisation."""

    to: str
    item: DataItem
    given_as: GivenAs
    is_over: bool
    is_revoked: bool


@dataclass(frozen=True)
class World:
    """One young person, one guardian, one plan, and what was agreed."""

    age: int
    has_account: bool
    scope: str
    guardianship: str
    status: PlanStatus
    words: tuple[Word, ...]


_WORDS = st.builds(
    Word,
    to=st.sampled_from(["guardian", "organisation"]),
    item=st.sampled_from([DataItem.PLAN, DataItem.PLAN, DataItem.SCORE]),
    given_as=st.sampled_from(GivenAs),
    is_over=st.booleans(),
    is_revoked=st.booleans(),
)
_WORLDS = st.builds(
    World,
    age=st.integers(6, 19),
    has_account=st.booleans(),
    scope=st.sampled_from(["full", "booking"]),
    guardianship=st.sampled_from(["active", "active", "ended"]),
    status=st.sampled_from(PlanStatus),
    words=st.lists(_WORDS, max_size=3).map(tuple),
)


def opens(world: World, to: str) -> bool:
    """Whether a word of theirs stands: not over, not taken back, and from 14 on the young person's own."""
    return any(
        word.to == to
        and word.item == DataItem.PLAN
        and not word.is_over
        and not word.is_revoked
        and (world.age < 14 or word.given_as == GivenAs.TEEN)
        for word in world.words
    )


def guardian_should(world: World) -> bool:
    """Below 14 by the table, with full standing; from 14 on as the young person chooses. Nobody who is none any more."""
    is_guardian = world.guardianship == "active"
    by_age = world.age < 14 and world.scope == "full"
    return is_guardian and (by_age or opens(world, "guardian"))


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(world=_WORLDS)
def test_a_plan_is_seen_by_whom_the_family_lets(world):
    with transaction.atomic():
        _check(world)
        transaction.set_rollback(True)


def _check(world: World) -> None:
    guardian, stranger, own = make_user(), make_user(), make_user() if world.has_account else None
    today = timezone.localdate()
    born_on = date(today.year - world.age, 1, 1)
    child = make_child(guardian, born_on=born_on, account=own)
    child.guardianships.update(
        scope=world.scope,
        status=world.guardianship,
        **({"ended_at": timezone.now()} if world.guardianship == "ended" else {}),
    )
    writer = make_writer()
    manager, colleague = make_partner_staff(writer.partner), make_writer(writer.partner)
    make_plan(child, writer, status=world.status)
    for word in world.words:
        _give(word, child, guardian if word.to == "guardian" else writer.partner)

    is_shown = world.status != PlanStatus.DRAFT
    assert sees(guardian) == (is_shown and guardian_should(world))
    assert not sees(stranger)
    assert not sees(manager)
    if own is not None:
        assert sees(own) == is_shown
    told = {person.pk for person in readers_of(child)}
    assert (guardian.pk in told, stranger.pk in told) == (guardian_should(world), False)

    assert may_see_plan(writer, child) == opens(world, "organisation")
    assert may_see_plan(colleague, child) == opens(world, "organisation")
    outsider = make_writer()
    assert not may_see_plan(outsider, child)


def _give(word: Word, child, grantee) -> None:
    now = timezone.now()
    consent = make_consent(
        child,
        grantee,
        items=[word.item],
        purpose=Purpose.GUARDIANSHIP if word.to == "guardian" else Purpose.CARE,
        needs=[word.given_as],
        granted_by=make_user(),
        since=now - timedelta(days=40),
        until=now - timedelta(days=1) if word.is_over else now + timedelta(days=10),
    )
    if word.is_revoked:
        add_event(consent, ConsentEventKind.REVOKED, make_user(), word.given_as)


def sees(person) -> bool:
    """What the pages ask: whose plans are open, and which there are."""
    return plans_of_family(opened_to_family(person, family_children(person))).exists()
