"""What readers keep is given out, erased and over in time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.content.models import CourseCertificate, ItemSave, LessonProgress
from cms.content.retention import _certificates, _lessons, _saves
from cms.content.subject_data import _erase, _removals, _sections
from marketplace.consent.rights.registry import Subject
from tests.factories import make_child, make_user
from tests.factories.reading import finish, make_certificate, make_course, make_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    user = make_user()
    ItemSave.objects.create(user=user, item=make_text(title="夜里醒着"))
    finish(user, make_course(), 1)
    make_certificate(user)
    return user


def test_a_copy_holds_saves_lessons_and_certificates(reader):
    make_certificate(make_user())
    sections = {section.key: section.rows for section in _sections(Subject(user=reader))}
    assert [row["title"] for row in sections["saved_items"]] == ["夜里醒着"]
    assert [(row["lesson"], str(row["state"])) for row in sections["library_lessons"]] == [(1, "学完了")]
    assert [row["name"] for row in sections["course_certificates"]] == ["王老师"]
    assert list(_sections(Subject(child=make_child()))) == []


def test_leaving_takes_all_of_it_and_nobody_elses(reader):
    other = make_user()
    finish(other, make_course(), 1)
    assert len(_removals(Subject(user=reader))) == 3
    assert sum(count for _, count in _erase(Subject(user=reader)).erased) == 3
    assert not ItemSave.objects.exists() and not CourseCertificate.objects.exists()
    assert LessonProgress.objects.get().user == other


def test_rows_are_over_in_time(reader):
    now = timezone.now()
    for expired in (_saves, _lessons, _certificates):
        assert not expired(now - timedelta(days=1)).exists()
        assert expired(now + timedelta(days=1)).count() == 1
