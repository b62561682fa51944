"""Sealed fields: closed in the database and in every copy, open where they belong and nowhere else."""

import copy
import pickle
from uuid import uuid4

import pytest
from django.contrib import admin
from django.core import serializers
from django.db import connection, models, transaction
from django.forms import modelform_factory
from django.test.utils import isolate_apps

from catalog.order.models import OrderQuestion
from marketplace.core.encryption.errors import CannotOpen, NoSubject, NotSearchable, PlainTextNotPickled
from marketplace.core.encryption.fields import EncryptedJSONField, EncryptedTextField
from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.encryption.models import DataKey
from marketplace.core.models import PublicIdModel
from tests import factories
from tests.marketplace.core.encryption.sealing_world import TROUBLE, ask, column_of, make_order, put_column

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent():
    return factories.make_parent()


def test_the_column_holds_no_word_of_the_text(parent):
    question = ask(parent)
    assert question.body == TROUBLE
    assert TROUBLE.encode() not in column_of(question)
    assert column_of(question)[1:17] == parent.public_id.bytes, "the clear head names whose key opens it"
    assert column_of(question, "answer") == b"", "nothing said is nothing sealed"


def test_each_writing_has_another_ciphertext(parent):
    assert column_of(ask(parent))[17:] != column_of(ask(parent))[17:]


def test_what_was_not_touched_is_not_sealed_again(parent):
    question = ask(parent)
    before = column_of(question)
    question.status = "answered"
    question.save()
    assert question.body == TROUBLE
    question.save()
    question.refresh_from_db()
    question.save()
    assert column_of(question) == before
    question.body = "好多了"
    question.save()
    assert OrderQuestion.objects.get().body == "好多了"


def test_a_ciphertext_opens_in_its_row_and_column_only(parent):
    question, other = ask(parent), ask(parent, "别的")
    moved = put_column(other, column_of(question))
    with pytest.raises(CannotOpen):
        moved.body
    moved = put_column(question, column_of(question), "answer")
    assert moved.body == TROUBLE
    with pytest.raises(CannotOpen):
        moved.answer


@pytest.mark.parametrize("place", [0, 5, 20, 40, -1])
def test_a_changed_byte_is_refused(parent, place):
    question = ask(parent)
    content = bytearray(column_of(question))
    content[place] ^= 1
    with pytest.raises(CannotOpen):
        put_column(question, bytes(content)).body


def test_another_persons_key_does_not_open_it(parent):
    question = ask(parent)
    other = factories.make_parent()
    ask(other)
    content = column_of(question)
    swapped = content[:1] + other.public_id.bytes + content[17:]
    with pytest.raises(CannotOpen):
        put_column(question, swapped).body


def test_a_copy_of_a_row_is_sealed_for_itself_or_refused(parent):
    question = ask(parent)
    assert question.body
    question.pk, question.public_id = None, uuid4()
    question.save(force_insert=True)
    assert OrderQuestion.objects.get(pk=question.pk).body == TROUBLE
    unopened = OrderQuestion.objects.get(pk=question.pk)
    unopened.pk, unopened.public_id = None, uuid4()
    with pytest.raises(CannotOpen):
        unopened.save(force_insert=True)


def test_values_and_repr_show_a_sealed_thing(parent):
    question = ask(parent)
    [value] = OrderQuestion.objects.values_list("body", flat=True)
    for shown in (value, OrderQuestion.objects.values("body")[0], vars(question)):
        assert TROUBLE not in f"{shown} {shown!r}"
    assert str(value) == "<sealed>"
    assert question.body == TROUBLE
    assert TROUBLE not in repr(vars(question))


def test_queries_cannot_look_into_it_or_set_it(parent):
    question = ask(parent)
    for attempt in (
        lambda: OrderQuestion.objects.filter(body=TROUBLE),
        lambda: OrderQuestion.objects.filter(body__contains="睡"),
        lambda: OrderQuestion.objects.exclude(body__in=["x"]),
        lambda: OrderQuestion.objects.update(body="x"),
        lambda: OrderQuestion.objects.bulk_update([question], ["body"]),
    ):
        with pytest.raises(NotSearchable), transaction.atomic():
            attempt()
    assert not OrderQuestion.objects.filter(body__isnull=True).exists()


def test_deferred_texts_are_fetched_and_opened(parent):
    ask(parent)
    assert OrderQuestion.objects.defer("body").get().body == TROUBLE
    assert OrderQuestion.objects.only("pk").get().body == TROUBLE


def test_pickles_and_copies_carry_no_plain_text(parent):
    question = ask(parent)
    assert question.body
    pickled = pickle.dumps(question)
    assert TROUBLE.encode() not in pickled
    assert TROUBLE.encode("utf-16-le") not in pickled
    assert pickle.loads(pickled).body == TROUBLE
    twin = copy.deepcopy(question)
    assert not twin.__dict__["body"].is_open
    assert twin.body == TROUBLE
    question.refresh_from_db()
    assert pickle.loads(pickle.dumps(question)).body == TROUBLE
    question.body = "还没有保存"
    with pytest.raises(PlainTextNotPickled):
        pickle.dumps(question)
    assert copy.deepcopy(question).body == "还没有保存"


def test_dumped_data_stays_closed(parent):
    ask(parent)
    assert TROUBLE not in serializers.serialize("json", OrderQuestion.objects.all(), ensure_ascii=False)


def test_bulk_create_seals_all_with_one_look_for_keys(parent, django_assert_num_queries):
    order = make_order(parent)
    questions = [OrderQuestion(order=order, asked_by=parent, body=f"{TROUBLE}{n}") for n in range(20)]
    with django_assert_num_queries(4):  # the key is looked for, made, looked for; then all rows are inserted
        prefetch_keys(questions)
        OrderQuestion.objects.bulk_create(questions)
    assert {q.body for q in OrderQuestion.objects.all()} == {f"{TROUBLE}{n}" for n in range(20)}


def test_a_list_of_many_people_needs_one_query_for_all_keys(django_assert_num_queries):
    for _ in range(5):
        ask(factories.make_parent())
    questions = list(OrderQuestion.objects.all())
    with django_assert_num_queries(1):
        prefetch_keys(questions)
        assert {q.body for q in questions} == {TROUBLE}


def test_nobody_to_seal_for_is_refused(parent):
    order = make_order(parent)
    order.user, order.note = None, TROUBLE
    with pytest.raises(NoSubject):
        order.save()


def test_forms_and_admin_read_and_write_plain_texts(parent, rf):
    form_class = modelform_factory(OrderQuestion, fields=["body", "answer"])
    question = ask(parent)
    form = form_class({"body": "新的", "answer": "好的"}, instance=question)
    assert form.initial["body"] == TROUBLE
    assert form.is_valid()
    form.save()
    assert ask(parent) and OrderQuestion.objects.get(pk=question.pk).answer == "好的"
    assert form_class({"body": "长" * 1001}).errors.keys() == {"body"}
    request = rf.get("/")
    request.user = factories.make_staff()
    shown = admin.ModelAdmin(OrderQuestion, admin.site).get_form(request)
    assert shown(instance=question).initial["body"] == "新的"


@isolate_apps("marketplace.core")
def test_json_is_sealed_keys_and_all():
    class Reply(PublicIdModel):
        replies = EncryptedJSONField(subject="public_id", null=True)

        class Meta:
            app_label = "core"

    reply = Reply(replies={"phq9": 17, "话": ["我"]})
    stored = bytes(Reply._meta.get_field("replies").pre_save(reply, True).ciphertext)
    assert b"phq9" not in stored
    read = Reply.from_db("default", ["id", "public_id", "replies"], [1, reply.public_id, None])
    assert read.replies is None
    field = Reply._meta.get_field("replies")
    read = Reply.from_db(
        "default", ["id", "public_id", "replies"], [1, reply.public_id, field.from_db_value(stored, None, None)]
    )
    assert read.replies == {"phq9": 17, "话": ["我"]}


@isolate_apps("marketplace.core")
def test_migrations_know_the_subject():
    field = EncryptedTextField(subject="child.public_id", max_length=10, blank=True)
    name, path, args, options = field.deconstruct()
    assert options == {"subject": "child.public_id", "max_length": 10, "blank": True}
    assert isinstance(field, models.TextField)
    assert field.db_type(connection) == "bytea"


def test_the_first_words_of_two_at_once_share_one_key(parent):
    """The second writer finds the first one's key, or waits for it: never two keys for one person."""
    ask(parent)
    ask(parent)
    assert DataKey.objects.filter(subject_id=parent.public_id).count() == 1
