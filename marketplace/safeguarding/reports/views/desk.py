"""A report on the desk: what was told, an answer for the reporter, and the shield before who it was."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from marketplace.accounts.access import duty_required
from marketplace.accounts.enums import Duty
from marketplace.accounts.models import User
from marketplace.core.errors import Refusal
from marketplace.safeguarding.concerns.enums import Sealed
from marketplace.safeguarding.concerns.forms import UnsealForm
from marketplace.safeguarding.concerns.services import ask_to_unseal, is_unsealed

from .. import selectors, services
from ..forms import WordsForm
from ..models import Report


@never_cache
@require_GET
@duty_required(Duty.SAFETY)
def show(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A report with all that was added; the look is written down, and the reporter learns that somebody read it."""
    report = services.open_report(report=_report(public_id), viewer=cast(User, request.user))
    return _page(request, report)


@require_POST
@duty_required(Duty.SAFETY)
def answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write to the reporter."""
    report = _report(public_id)
    form = WordsForm(request.POST, label=gettext_lazy("写给这位朋友"))
    if not form.is_valid():
        return _page(request, report, answer_form=form)
    services.answer_reporter(report=report, text=form.cleaned_data["text"], by=cast(User, request.user))
    messages.success(request, _("已写好，对方打开私密链接就能看到。"))
    return redirect("reports:desk", public_id)


@never_cache
@require_GET
@duty_required(Duty.SAFETY)
def reporter(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Who reported, where that is open; every look is written down."""
    report = _report(public_id)
    try:
        found = services.reporter_of(report=report, viewer=cast(User, request.user))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:desk", public_id)
    return render(request, "reports/reporter.html", {"page": "desk", "report": report, "reporter": found})


@require_POST
@duty_required(Duty.SAFETY)
def unseal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask a second person to open who reported."""
    report = _report(public_id)
    form, concern = UnsealForm(request.POST, auto_id="unseal_%s"), selectors.concern_of(report)
    if concern is None or not form.is_valid():
        messages.error(request, _("请写明理由，至少 10 个字。"))
        return _page(request, report, unseal_form=form)
    try:
        ask_to_unseal(
            public_id=concern.public_id,
            what=Sealed.REPORTER,
            reason=form.cleaned_data["reason"],
            by=cast(User, request.user),
        )
        messages.success(request, _("已请求，等另一位同事在值守台上决定。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("reports:desk", public_id)


def _report(public_id: UUID) -> Report:
    report = selectors.report_of(public_id)
    if report is None:
        raise Http404
    return report


def _page(request: HttpRequest, report: Report, **forms: object) -> HttpResponse:
    concern = selectors.concern_of(report)
    context = {
        "page": "desk",
        "report": report,
        "concern": concern,
        "entries": selectors.entries_of(report),
        "is_open": report.is_shown or bool(concern and is_unsealed(concern, Sealed.REPORTER, timezone.now())),
        "has_reporter": bool(report.name or report.contact),
        "answer_form": WordsForm(label=gettext_lazy("写给这位朋友"), auto_id="answer_%s"),
        "unseal_form": UnsealForm(auto_id="unseal_%s"),
    }
    return render(request, "reports/desk.html", context | forms)
