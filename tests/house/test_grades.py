"""Every field of every model of ours has a grade, and is kept as its grade asks; planted faults are found."""

import re

import pytest
from django.contrib import admin
from django.db import models
from django.test.utils import isolate_apps

from marketplace.core import grades
from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.grades import (
    Grade,
    GradeFault,
    fields_of,
    grade_faults,
    grade_of,
    graded,
    our_models,
    sealed_fields,
)
from marketplace.core.models import PublicIdModel
from tests import factories


@pytest.fixture
def graded_here(monkeypatch):
    """`graded`, forgotten after the test."""
    grades.load_grades()
    monkeypatch.setattr(grades, "_grades", dict(grades._grades))
    return graded


def test_every_field_has_a_grade_and_is_kept_as_it_asks():
    assert list(grade_faults(our_models())) == []


def test_our_forks_count_with_what_they_inherit():
    labels = {model._meta.label for model in our_models()}
    assert {"order.ShippingAddress", "catalogue.Product", "families.Child", "payments.Refund"} <= labels
    assert grade_of(next(m for m in our_models() if m._meta.label == "order.Order"), "guest_email") == Grade.L3


def test_no_field_is_for_identity_numbers():
    words = re.compile(
        r"(^|_)(id_?card|identity_(number|card|no)|id_(number|no)|national_id|passport|ssn|resident_id)($|_)"
    )
    assert [
        f"{m._meta.label}.{f.name}" for m in our_models() for f in fields_of(m) if words.search(f.name.lower())
    ] == []


def test_there_is_something_to_seal():
    assert {"order.OrderQuestion.body", "order.Order.note"} <= {f"{m._meta.label}.{f.name}" for m, f in sealed_fields()}


@pytest.mark.django_db
def test_no_admin_page_opens_what_is_sealed(rf):
    """There nobody writes down who looked."""
    request = rf.get("/")
    request.user = factories.make_staff(is_superuser=True)
    sealed = {(model, field.name) for model, field in sealed_fields()}
    shown = {
        (model, name)
        for model, page in admin.site._registry.items()
        for name in (
            *page.get_form(request).base_fields,
            *page.get_readonly_fields(request),
            *page.get_list_display(request),
        )
    }
    assert sealed & shown == set()


@isolate_apps("marketplace.core")
def test_an_ungraded_model_and_field_are_found(graded_here):
    class Diary(PublicIdModel):
        text = EncryptedTextField(subject="public_id")
        day = models.DateField()

        class Meta:
            app_label = "core"

    assert sorted(grade_faults([Diary])) == [
        f"core.Diary.{name} has no grade" for name in ("day", "id", "public_id", "text")
    ]
    graded_here("core.Diary", {Grade.L4: "text", Grade.L2: "id public_id"})
    assert list(grade_faults([Diary])) == ["core.Diary.day has no grade"]
    with pytest.raises(GradeFault):
        grade_of(Diary, "day")


@isolate_apps("marketplace.core")
def test_an_open_field_of_the_highest_grade_is_found(graded_here):
    class Worry(PublicIdModel):
        text = models.TextField()
        other = EncryptedTextField(subject="public_id")

        class Meta:
            app_label = "core"

    graded_here("core.Worry", {Grade.L4: "text", Grade.L3: "other", Grade.L2: "id public_id"})
    assert sorted(grade_faults([Worry])) == [
        "core.Worry.other: L4 and sealed go together",
        "core.Worry.text: L4 and sealed go together",
    ]


@isolate_apps("marketplace.core")
@pytest.mark.parametrize("grade", [Grade.L3, Grade.L4])
def test_a_row_about_a_person_without_public_id_is_found(graded_here, grade):
    class Person(models.Model):  # noqa: DJ008
        name = EncryptedTextField(subject="pk") if grade == Grade.L4 else models.TextField()

        class Meta:
            app_label = "core"

    graded_here("core.Person", {grade: "name", Grade.L2: "id"})
    assert list(grade_faults([Person])) == ["core.Person holds L3 or L4 and has no public_id"]


@isolate_apps("marketplace.core")
def test_a_grade_of_nothing_and_two_grades_are_found(graded_here):
    class Thing(models.Model):  # noqa: DJ008
        class Meta:
            app_label = "core"

    graded_here("core.Thing", {Grade.L2: "id gone"})
    assert list(grade_faults([Thing])) == ["core.Thing.gone is graded but not there"]
    with pytest.raises(GradeFault):
        graded_here("core.Thing", {Grade.L1: "id gone"})
    with pytest.raises(GradeFault):
        graded_here("core.Other", {Grade.L1: "id", Grade.L2: "id"})
