"""Two first replies of one member at once: one name. Without the guards there would be two."""

import threading

import pytest
from django.db import connection, transaction

from cms.community.models import Alias, Hug
from cms.community.names import draw_alias
from cms.community.services import hugging, writing
from tests import factories
from tests.factories.community import make_post

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_first_replies_at_once_get_one_name(run_concurrently):
    thread, member = make_post(), factories.make_teen(age=16)

    def answer(number):
        return writing.write_reply(user=member, thread_id=thread.public_id, text=f"第{number}句，我在听。")

    outcomes = run_concurrently(answer, 4)
    assert [each.error for each in outcomes] == [None] * 4
    assert len({each.value.writing.alias_id for each in outcomes}) == 1
    assert Alias.objects.filter(thread=thread, is_author=False).count() == 1


def test_without_the_guards_there_are_two(run_concurrently):
    """The same steps without the thread's lock and without the constraint, so that it is known what they are for."""
    thread, member = make_post(), factories.make_teen(age=16)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE community_alias DROP CONSTRAINT one_alias_per_thread")
    both_looked = threading.Barrier(2, timeout=20)

    def draw(_number):
        with transaction.atomic():
            alias = draw_alias(member, thread, is_author=False)
            seen = Alias.objects.filter(thread=thread, member_key=alias.member_key).exists()
            both_looked.wait()
            if not seen:
                alias.save()

    assert [each.error for each in run_concurrently(draw, 2)] == [None, None]
    assert Alias.objects.filter(thread=thread, is_author=False).count() == 2


def test_the_constraint_alone_holds_too(run_concurrently):
    """Should somebody ever draw a name without the lock, the database lets one be."""
    thread, member = make_post(), factories.make_teen(age=16)
    both_looked = threading.Barrier(2, timeout=20)

    def draw(_number):
        with transaction.atomic():
            both_looked.wait()
            Alias.objects.bulk_create([draw_alias(member, thread, is_author=False)], ignore_conflicts=True)

    assert [each.error for each in run_concurrently(draw, 2)] == [None, None]
    assert Alias.objects.filter(thread=thread, is_author=False).count() == 1


def test_hugs_at_once_are_counted_once_each(run_concurrently):
    thread, givers = make_post(), [factories.make_teen(age=16) for _ in range(4)]

    def give(number):
        hugging.give_hug(user=givers[number % 2], writing=thread)

    assert [each.error for each in run_concurrently(give, 4)] == [None] * 4
    thread.refresh_from_db()
    assert thread.hugs_given == Hug.objects.filter(post=thread).count() == 2
