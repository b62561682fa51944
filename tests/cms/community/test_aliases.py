"""One name per thread: stable in it, unique in it, and of no use anywhere else."""

import re
from collections import Counter
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.community import names
from cms.community.models import Alias, Drawer, Post
from cms.community.selectors.own import own_aliases
from cms.community.services import naming
from marketplace.accounts.models import User
from tests import factories
from tests.factories.community import make_post, make_reply, make_topic

pytestmark = pytest.mark.django_db


def person() -> User:
    return User(public_id=uuid4())


def place() -> Post:
    return Post(public_id=uuid4())


@given(st.integers(min_value=0, max_value=2**128 - 1), st.lists(st.uuids(), min_size=2, max_size=6, unique=True))
def test_a_key_is_one_person_in_one_thread_and_nothing_else(who, threads):
    user = User(public_id=uuid4())
    user.public_id = type(user.public_id)(int=who)
    keys = [names.member_key(user, Post(public_id=each)) for each in threads]
    assert keys == [names.member_key(user, Post(public_id=each)) for each in threads]
    assert len(set(keys)) == len(threads)
    assert all(re.fullmatch(r"[a-z2-7]{26}", key) for key in keys)
    assert not {names.giver_key(user, Post(public_id=each)) for each in threads} & set(keys)


@settings(deadline=None, max_examples=30)
@given(st.integers(min_value=2, max_value=12))
def test_the_same_person_is_drawn_another_name_each_time(count):
    user = person()
    drawn = [names.draw_alias(user, place(), is_author=False) for _ in range(count)]
    assert len({alias.public_id for alias in drawn}) == count
    assert len({alias.member_key for alias in drawn}) == count


def test_names_and_pictures_do_not_lean_on_the_person():
    """Two people drawn two thousand times each: what comes up for one says nothing of who it was."""
    one, other = person(), person()
    counts = [
        Counter(names.draw_alias(user, place(), is_author=True).picture for _ in range(2000)) for user in (one, other)
    ]
    kinds = len(names.SHAPES) * len(names.COLOURS)
    for count in counts:
        expected = 2000 / kinds
        chi = sum(
            (count[f"{shape}-{tone}"] - expected) ** 2 / expected for shape in names.SHAPES for tone in names.COLOURS
        )
        assert chi < kinds + 8 * (2 * kinds) ** 0.5


def test_a_member_keeps_one_name_in_a_thread_and_has_another_in_the_next():
    topic, member = make_topic(), factories.make_teen(age=16)
    first, second = make_post(topic=topic), make_post(topic=topic)
    replies = [make_reply(member, thread=thread) for thread in (first, first, second)]
    assert replies[0].alias == replies[1].alias != replies[2].alias
    assert replies[0].alias.member_key != replies[2].alias.member_key


def test_a_thread_has_no_two_alike(monkeypatch):
    thread = make_post()
    taken = thread.aliases.get().name
    drawn = iter([taken, taken, "数星星的小船"])
    monkeypatch.setattr(names, "drawn_name", lambda: next(drawn))
    assert make_reply(thread=thread).alias.name == "数星星的小船"
    with pytest.raises(IntegrityError), transaction.atomic():
        Alias.objects.create(thread=thread, member_key="x", name=taken, picture="moon-1", member="x")


def test_no_column_of_a_name_is_the_person():
    member = factories.make_teen(age=16)
    thread = make_post(member)
    row = Alias.objects.filter(thread=thread).values().get()
    told = " ".join(str(value) for key, value in row.items() if key != "member")
    assert str(member.public_id) not in told and member.public_id.hex not in told
    assert bytes(row["member"].ciphertext).find(member.public_id.bytes) < 0
    kept = Drawer.objects.filter(member=member).values().get()
    assert bytes(kept["aliases"].ciphertext).find(thread.aliases.get().public_id.bytes) < 0


def test_the_drawer_leads_to_ones_own_names_only():
    member, other = factories.make_teen(age=16), factories.make_teen(age=15)
    mine = make_post(member)
    make_reply(other, thread=mine)
    assert [alias.thread for alias in own_aliases(member)] == [mine]
    assert [alias.is_author for alias in own_aliases(other)] == [False]


def test_somebody_elses_name_in_ones_drawer_is_not_ones_own():
    """A list that was tampered with opens nothing: the thread's key decides."""
    member, other = factories.make_teen(age=16), factories.make_teen(age=16)
    theirs = make_post(other).aliases.get()
    make_post(member)
    drawer = Drawer.objects.get(member=member)
    drawer.aliases = drawer.aliases | {str(theirs.public_id): 0}
    drawer.save()
    assert theirs not in own_aliases(member)


def test_the_author_is_known_to_the_thread_as_its_author():
    author = factories.make_teen(age=16)
    thread = make_post(author)
    with transaction.atomic():
        assert naming.alias_in(thread=thread, user=author).is_author
    assert make_reply(author, thread=thread).alias == thread.aliases.get(is_author=True)
