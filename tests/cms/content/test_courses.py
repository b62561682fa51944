"""Courses: an answer at once, one's place kept, what is known skipped, certificates for teachers."""

import re

import pytest
from django.urls import reverse

from cms.content.errors import CourseNotFinished, NoCertificateForThis
from cms.content.models import CourseCertificate, LessonProgress
from cms.content.selectors.keeping import begun_courses, progress_of
from cms.content.services.certifying import issue_certificate
from tests.factories import make_user, signed_in
from tests.factories.reading import (
    finish,
    lesson_of,
    make_certificate,
    make_course,
    make_teachers_course,
    make_text,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    return make_course()


@pytest.fixture
def learner():
    return make_user()


def test_a_lesson_is_read_without_an_account(client, course):
    page = client.get(lesson_of(course, 2)).content.decode()
    assert "第2课的正文" in page and "第1课的正文" not in page and "课堂活动" not in page
    assert reverse("library-to-help", args=["course"]) in page and lesson_of(course, 3) in page
    assert client.get(lesson_of(course, 4)).status_code == 404
    assert client.get(reverse("library-lesson", args=[make_text().slug, 1])).status_code == 404


@pytest.mark.parametrize(("chosen", "said"), [("2", "对，就是这样。"), ("1", "很多人也这样想")])
def test_an_answer_is_answered_at_once_and_kept_nowhere(client, course, chosen, said):
    page = client.get(lesson_of(course, 1), {"q1": chosen}).content.decode()
    assert said in page and "因为1。" in page
    assert not LessonProgress.objects.exists() and not client.cookies
    assert "因为1。" not in client.get(lesson_of(course, 1), {"q1": "9"}).content.decode()


def test_going_on_where_one_was(course, learner):
    client = signed_in(learner)
    assert client.post(reverse("library-lesson-done", args=[course.slug, 1])).url == lesson_of(course, 2)
    page = client.get(course.url).content.decode()
    assert "学完了" in page and re.search(rf'href="{lesson_of(course, 2)}"[^>]*data-go-on-here', page)
    assert lesson_of(course, 2) in client.get(reverse("library")).content.decode()
    assert begun_courses(learner)[0].next_lesson == 2
    client.post(reverse("library-lesson-done", args=[course.slug, 2]))
    assert client.post(reverse("library-lesson-done", args=[course.slug, 3])).url == course.url
    assert begun_courses(learner) == []


def test_finishing_twice_is_finishing_once_and_beginning_again_forgets(course, learner):
    client = signed_in(learner)
    for _ in range(2):
        client.post(reverse("library-lesson-done", args=[course.slug, 1]))
    assert LessonProgress.objects.count() == 1
    client.post(reverse("library-again", args=[course.slug]))
    assert not LessonProgress.objects.exists()


def test_what_is_known_is_skipped(course, learner):
    """CP-12: a right answer before the course takes its lesson off the path; the others stay in order."""
    client = signed_in(learner)
    address = reverse("library-precheck", args=[course.slug])
    page = client.get(address, {"q1": "2", "q2": "1", "q3": ""}).content.decode()
    assert "你的路线" in page and not LessonProgress.objects.exists()
    path = page[page.index('<ol class="path">') : page.index("</ol>", page.index('<ol class="path">'))]
    assert "第2样" in path and "第3样" in path and "第1样" not in path
    assert client.post(address, {"q1": "2", "q2": "1"}).url == lesson_of(course, 2)
    assert progress_of(learner, course).known == {1}
    assert "已经会了，可跳过" in client.get(course.url).content.decode()
    assert client.post(reverse("library-lesson-done", args=[course.slug, 2])).url == lesson_of(course, 3)


def test_a_stranger_sees_the_path_too_and_nothing_is_kept(client, course):
    address = reverse("library-precheck", args=[course.slug])
    page = client.get(address, {"q1": "2", "q2": "2", "q3": "2"}).content.decode()
    assert "这些你都会了" in page and not LessonProgress.objects.exists() and not client.cookies
    assert reverse("account_login") in client.post(address, {"q1": "2"}).url
    assert client.get(reverse("library-precheck", args=[make_text().slug])).status_code == 404


def test_progress_is_ones_own(course, learner):
    finish(learner, course, 1)
    other = signed_in(make_user())
    assert "接着这里" not in other.get(course.url).content.decode()
    other.post(reverse("library-again", args=[course.slug]))
    assert LessonProgress.objects.count() == 1


def test_a_teacher_gets_a_certificate_when_all_is_done(learner):
    course, client = make_teachers_course(), signed_in(learner)
    address = reverse("library-certify", args=[course.slug])
    assert "还有几课没有学完" in client.get(address).content.decode()
    refused = client.post(address, {"holder_name": "王老师"})
    assert refused.status_code == 422 and not CourseCertificate.objects.exists()
    finish(learner, course)
    answer = client.post(address, {"holder_name": " 王老师 "})
    certificate = CourseCertificate.objects.get()
    assert answer.url == reverse("library-certificate", args=[certificate.public_id])
    assert (certificate.holder_name, certificate.lessons) == ("王老师", 2)
    page = client.get(answer.url).content.decode()
    assert "王老师" in page and certificate.number in page and "不是任何从业资格" in page
    pdf = client.get(reverse("library-certificate-file", args=[certificate.public_id]))
    assert pdf["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF")
    client.post(address, {"holder_name": "王小明"})
    assert CourseCertificate.objects.get().number == certificate.number
    assert CourseCertificate.objects.get().holder_name == "王小明"


def test_known_lessons_count_for_the_certificate(learner):
    course = make_teachers_course()
    LessonProgress.objects.create(user=learner, item=course, lesson=1, state="known")
    finish(learner, course, 2)
    assert issue_certificate(user=learner, item=course, holder_name="李老师").course_title == course.title


def test_only_courses_for_teachers_end_in_a_certificate(course, learner):
    finish(learner, course)
    with pytest.raises(NoCertificateForThis):
        issue_certificate(user=learner, item=course, holder_name="小明")
    with pytest.raises(CourseNotFinished):
        issue_certificate(user=learner, item=make_teachers_course(), holder_name="王老师")
    assert signed_in(learner).get(reverse("library-certify", args=[course.slug])).status_code == 404


def test_a_certificate_is_nobody_elses():
    certificate = make_certificate(make_user())
    stranger = signed_in(make_user())
    for name in ("library-certificate", "library-certificate-file"):
        assert stranger.get(reverse(name, args=[certificate.public_id])).status_code == 404
    assert certificate.number not in stranger.get(reverse("library-saved")).content.decode()


@pytest.mark.parametrize("name", ["library-saved", "library-certificate"])
def test_what_is_kept_asks_who_one_is(client, name):
    arguments = [make_certificate(make_user()).public_id] if name == "library-certificate" else []
    assert client.get(reverse(name, args=arguments)).status_code == 302


def test_a_page_of_many_courses_costs_what_a_page_of_one_does(learner, django_assert_max_num_queries):
    client = signed_in(learner)
    finish(learner, make_course(), 1)
    client.get(reverse("library-saved"))
    for _ in range(2):
        finish(learner, make_course(), 1)
    with django_assert_max_num_queries(12):
        client.get(reverse("library-saved"))
