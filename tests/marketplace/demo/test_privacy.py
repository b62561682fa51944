"""The demo's impact assessments are up to date, and its record of looks has something to show."""

from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.consent.access_log.selectors import Wish, looks_at, people_of
from marketplace.consent.notices.selectors import assessment_states
from marketplace.demo.keys import stable_id


def test_no_assessment_is_late(demo: None) -> None:
    states = assessment_states(timezone.localdate())
    assert states
    assert not any(state.is_overdue or state.is_due_soon for state in states)


def test_a_parent_and_a_teen_find_looks(demo: None) -> None:
    parent = User.objects.get(public_id=stable_id("user", "lin"))
    young = next(person for person in people_of(parent) if person.key and person.is_open)
    teen = User.objects.get(public_id=stable_id("user", "xiao-he-self"))
    for person in (young, people_of(teen)[0]):
        looks = looks_at(person, Wish())
        assert looks.exists()
        assert looks_at(person, Wish(is_refused_only=True)).exists()
