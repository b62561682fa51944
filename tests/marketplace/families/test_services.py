"""Children's profiles: never one over the other, and nobody else's."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from marketplace.families import services
from marketplace.families.enums import Relation, SchoolYear
from marketplace.families.errors import (
    AlreadyGrownUp,
    BirthDateIsFixed,
    BornInTheFuture,
    NotYourChild,
    ProfileIsShared,
    TooManyChildren,
)
from marketplace.families.models import Child, Guardianship
from marketplace.families.rules import may_edit_child, may_see_child
from marketplace.families.selectors import child_of, children_of

BORN = date(2014, 5, 1)
A_CHILD = {"nickname": "小禾", "born_on": BORN, "relation": Relation.MOTHER}


@pytest.fixture
def mother(django_user_model):
    return django_user_model.objects.create_user(phone="+8613800000001")


@pytest.fixture
def stranger(django_user_model):
    return django_user_model.objects.create_user(phone="+8613800000002")


def _change(user, child, **fields):
    values = {"nickname": child.nickname, "born_on": child.born_on, "relation": Relation.MOTHER, "school_year": None}
    return services.update_child(user=user, public_id=child.public_id, **(values | fields))


@pytest.mark.django_db
def test_namesakes_born_on_one_day_are_two_children(mother):
    """EC-01: two children of one phone never overwrite each other."""
    first, second = (services.add_child(guardian=mother, **A_CHILD) for _ in range(2))
    assert first.public_id != second.public_id
    _change(mother, second, nickname="小苗", school_year=SchoolYear.PRIMARY_5)
    first.refresh_from_db()
    assert (first.nickname, first.school_year) == ("小禾", None)
    assert [child.nickname for child in children_of(mother)] == ["小禾", "小苗"]


@pytest.mark.django_db(transaction=True)
def test_two_added_at_the_same_moment_are_both_there(mother, run_concurrently):
    outcomes = run_concurrently(lambda _: services.add_child(guardian=mother, **A_CHILD).pk, 4)
    assert len({outcome.value for outcome in outcomes}) == 4
    assert children_of(mother).count() == 4


@pytest.mark.django_db(transaction=True)
def test_the_limit_holds_at_the_same_moment(mother, run_concurrently):
    for _ in range(services.MOST_CHILDREN - 1):
        services.add_child(guardian=mother, **A_CHILD)
    outcomes = run_concurrently(lambda _: services.add_child(guardian=mother, **A_CHILD), 4)
    assert [type(outcome.error) for outcome in outcomes if outcome.error] == [TooManyChildren] * 3
    assert children_of(mother).count() == services.MOST_CHILDREN


@pytest.mark.django_db(transaction=True)
def test_two_children_changed_at_the_same_moment_keep_their_own_values(mother, run_concurrently):
    children = [services.add_child(guardian=mother, **A_CHILD) for _ in range(2)]
    run_concurrently(lambda number: _change(mother, children[number], nickname=f"孩子{number}"), 2)
    assert [child.nickname for child in children_of(mother)] == ["孩子0", "孩子1"]


profiles = st.tuples(
    st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=30),
    st.dates(timezone.now().date() - timedelta(days=17 * 365), timezone.now().date() - timedelta(days=2)),
)


@pytest.mark.django_db
@hypothesis_settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(added=st.lists(profiles, min_size=1, max_size=5), change=profiles, which=st.integers(0, 4))
def test_changing_one_child_leaves_the_others_as_they_were(mother, added, change, which):
    Guardianship.objects.all().delete()
    children = [
        services.add_child(guardian=mother, nickname=nickname, born_on=born_on, relation=Relation.MOTHER)
        for nickname, born_on in added
    ]
    chosen = which % len(children)
    _change(mother, children[chosen], nickname=change[0], born_on=change[1])
    expected = [change if number == chosen else profile for number, profile in enumerate(added)]
    assert [(child.nickname, child.born_on) for child in children_of(mother)] == expected


@pytest.mark.django_db
def test_a_guardian_sees_the_child_and_a_stranger_does_not(mother, stranger):
    child = services.add_child(guardian=mother, **A_CHILD)
    assert may_see_child(mother, child) and may_edit_child(mother, child)
    assert not may_see_child(stranger, child) and not may_edit_child(stranger, child)
    assert child_of(stranger, child.public_id) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "act", [_change, lambda user, child: services.archive_child(user=user, public_id=child.public_id)]
)
def test_a_stranger_changes_nothing(mother, stranger, act):
    child = services.add_child(guardian=mother, **A_CHILD)
    with pytest.raises(NotYourChild):
        act(stranger, child)
    child.refresh_from_db()
    assert child.archived_at is None


@pytest.mark.django_db
def test_each_guardian_has_a_relation_of_their_own(mother, stranger):
    child = services.add_child(guardian=mother, **A_CHILD)
    Guardianship.objects.create(guardian=stranger, child=child, relation=Relation.GRANDPARENT)
    _change(mother, child, relation=Relation.OTHER)
    assert [c.relation for c in children_of(mother)] == [Relation.OTHER]
    assert [c.relation for c in children_of(stranger)] == [Relation.GRANDPARENT]


@pytest.mark.django_db
def test_an_archived_child_leaves_the_list_but_not_the_database(mother):
    child = services.add_child(guardian=mother, **A_CHILD)
    services.archive_child(user=mother, public_id=child.public_id)
    assert not children_of(mother).exists()
    assert Child.objects.filter(pk=child.pk).exists()
    with pytest.raises(NotYourChild):
        _change(mother, child)


def _years_ago(years: int) -> date:
    today = timezone.localdate()
    return (
        date(today.year - years, 3, 1)
        if (today.month, today.day) == (2, 29)
        else today.replace(year=today.year - years)
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("born_on", "refusal"),
    [
        (timezone.localdate() + timedelta(days=1), BornInTheFuture),
        (_years_ago(18), AlreadyGrownUp),
        (_years_ago(40), AlreadyGrownUp),
    ],
)
def test_ages_that_are_refused(mother, born_on, refusal):
    with pytest.raises(refusal) as caught:
        services.add_child(guardian=mother, nickname="小禾", born_on=born_on)
    assert str(caught.value)


@pytest.mark.django_db
@pytest.mark.parametrize("born_on", [timezone.localdate(), _years_ago(18) + timedelta(days=1)])
def test_ages_at_the_edge_are_welcome(mother, born_on):
    assert services.add_child(guardian=mother, nickname="小禾", born_on=born_on).pk


@pytest.mark.django_db
def test_who_turned_18_is_nobodys_child_any_more(mother):
    child = services.add_child(guardian=mother, **A_CHILD)
    Child.objects.filter(pk=child.pk).update(born_on=_years_ago(19))
    child.refresh_from_db()
    with pytest.raises(NotYourChild):
        _change(mother, child, nickname="小禾姐姐")
    assert not may_see_child(mother, child) and not children_of(mother).exists()


@pytest.mark.django_db
def test_a_birth_date_is_fixed_once_the_child_has_an_account(mother, stranger):
    """A guardian who made a teen younger would see again what age had taken out of sight."""
    child = services.add_child(guardian=mother, **A_CHILD)
    Child.objects.filter(pk=child.pk).update(account=stranger)
    child.refresh_from_db()
    with pytest.raises(BirthDateIsFixed):
        _change(mother, child, born_on=BORN + timedelta(days=1))
    assert _change(mother, child, nickname="小苗").nickname == "小苗"


@pytest.mark.django_db
def test_what_others_use_is_not_put_away(mother, stranger):
    shared, own = (services.add_child(guardian=mother, **A_CHILD) for _ in range(2))
    Guardianship.objects.create(guardian=stranger, child=shared)
    Child.objects.filter(pk=own.pk).update(account=stranger)
    for child in (shared, own):
        with pytest.raises(ProfileIsShared):
            services.archive_child(user=mother, public_id=child.public_id)
