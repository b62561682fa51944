"""Lessons, what a learner knows already, progress and certificates."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.core.errors import Refusal

from ..forms import CertificateForm
from ..models import CourseCertificate, Item
from ..reading.parts import first_check, question_of, shown_parts
from ..reading.pdf import certificate_pdf
from ..selectors.keeping import certificate_of, has_finished, progress_of
from ..services.certifying import gives_certificate, issue_certificate
from ..services.keeping import begin_again, finish_lesson, note_known_lessons
from ..services.reaching import count_shown
from .items import frame, item_or_404


def _lesson_or_404(slug: str, number: int) -> tuple[Item, Any]:
    item = item_or_404(slug)
    if not 1 <= number <= len(item.lessons):
        raise Http404
    return item, item.lessons[number - 1]


@require_safe
def lesson(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One lesson. An answer to a question stands in the address and comes back with what is to be said about it."""
    item, found = _lesson_or_404(slug, number)
    count_shown(item.kind)
    progress = progress_of(request.user, item)
    context = frame(item) | {
        "lesson": found,
        "number": number,
        "parts": shown_parts(found["parts"], request.GET),
        "lessons": list(enumerate(item.lessons, start=1)),
        "progress": progress,
        "is_last": number == len(item.lessons),
    }
    return render(request, "content/lesson.html", context)


@require_POST
@login_required
def done(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Go on to the next lesson that is neither done nor known, or back to the course when none is left."""
    item, _lesson = _lesson_or_404(slug, number)
    finish_lesson(user=request.user, item=item, lesson=number)  # type: ignore[arg-type]
    progress = progress_of(request.user, item)
    after = [n for n in range(number + 1, len(item.lessons) + 1) if n not in progress.behind]
    following = after[0] if after else progress.next_lesson(len(item.lessons))
    if following is None:
        messages.success(request, _("这门课学完了。"))
        return redirect("library-item", item.slug)
    return redirect("library-lesson", item.slug, following)


@require_POST
@login_required
def again(request: HttpRequest, slug: str) -> HttpResponse:
    """Forget one's progress with a course and begin again."""
    item = item_or_404(slug)
    begin_again(user=request.user, item=item)  # type: ignore[arg-type]
    messages.success(request, _("进度清空了，可以从头开始。"))
    return redirect("library-item", item.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def precheck(request: HttpRequest, slug: str) -> HttpResponse:
    """One question of each lesson: whoever answers it may skip the lesson.

    The answers stand in the address; nothing is kept until a signed-in learner presses the button.
    """
    item = item_or_404(slug)
    given = request.POST if request.method == "POST" else request.GET
    questions = [
        (number, each, question_of(check, number, given))
        for number, each in enumerate(item.lessons, start=1)
        if (check := first_check(each)) is not None
    ]
    if not questions:
        raise Http404
    known = [number for number, _lesson, question in questions if question.answer and question.answer.is_right]
    if request.method == "POST":
        return _keep_known(request, item, known)
    asked = {number for number, _lesson, _question in questions}
    context = frame(item) | {
        "questions": questions,
        "is_answered": any(question.name in given for _, _, question in questions),
        "known": known,
        "to_learn": [(n, each) for n, each in enumerate(item.lessons, start=1) if n not in known],
        "asked": asked,
    }
    return render(request, "content/precheck.html", context)


def _keep_known(request: HttpRequest, item: Item, known: list[int]) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect("account_login")
    note_known_lessons(user=request.user, item=item, lessons=known)
    following = progress_of(request.user, item).next_lesson(len(item.lessons))
    if following is None:
        return redirect("library-item", item.slug)
    return redirect("library-lesson", item.slug, following)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def certify(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the certificate of a course for teachers, under a name of one's own choosing."""
    item = item_or_404(slug)
    if not gives_certificate(item):
        raise Http404
    known = certificate_of(request.user, item)
    form = CertificateForm(request.POST or None, initial={"holder_name": known.holder_name if known else ""})
    if request.method == "POST" and form.is_valid():
        try:
            certificate = issue_certificate(user=request.user, item=item, **form.cleaned_data)  # type: ignore[arg-type]
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("library-certificate", certificate.public_id)
    finished = has_finished(progress_of(request.user, item), item)
    context = frame(item) | {"form": form, "has_finished": finished}
    return render(request, "content/certify.html", context, status=422 if form.errors else 200)


def _own_certificate(request: HttpRequest, public_id: UUID) -> CourseCertificate:
    return get_object_or_404(CourseCertificate, public_id=public_id, user=request.user)


@never_cache
@require_safe
@login_required
def certificate(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A certificate, to look at and to print; anybody else's does not exist."""
    return render(request, "content/certificate.html", {"certificate": _own_certificate(request, public_id)})


@never_cache
@require_safe
@login_required
def certificate_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A certificate as a PDF file."""
    found = _own_certificate(request, public_id)
    response = HttpResponse(certificate_pdf(found), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{found.number}.pdf"'
    return response
