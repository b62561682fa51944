"""The steps with papers: the organisation's own, and the people with theirs."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.core.errors import Refusal

from .. import services
from ..enums import OF_PEOPLE, PaperKind, Step
from ..forms import PaperForm, PersonForm, PersonPaperForm
from ..models import Application, Person
from ..requirements import requirements_of
from ..selectors import current_papers
from .own import applicant_required, framed, next_url, open_application


@never_cache
@require_http_methods(["GET", "POST"])
@applicant_required
def papers(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The third step: licences and papers of the organisation."""
    found = open_application(request, public_id)
    form = PaperForm(request.POST or None, request.FILES or None, kind=found.kind)
    if request.method == "POST" and form.is_valid():
        paper = {"kind": PaperKind(form.cleaned_data["kind"]), "upload": form.cleaned_data["upload"]}
        try:
            services.add_paper(public_id=public_id, added_by=request.user, licence=form.licence, **paper)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已上传。"))
            return redirect("onboarding:papers", public_id)
    context = framed(found, Step.PAPERS) | {
        "form": form,
        "papers": current_papers(found).exclude(kind__in=OF_PEOPLE),
        "needed": requirements_of(found.kind),
        "next": next_url(found, Step.PAPERS),
    }
    return render(request, "onboarding/papers.html", context, status=422 if form.errors else 200)


@require_POST
@applicant_required
def remove_paper(request: HttpRequest, public_id: UUID, paper_id: UUID) -> HttpResponse:
    """Take a paper out."""
    found = open_application(request, public_id)
    paper = current_papers(found).filter(public_id=paper_id).first()
    if paper is None:
        raise Http404
    services.remove_paper(public_id=public_id, paper_id=paper_id)
    messages.success(request, _("已移除。"))
    if paper.person is not None:
        return redirect("onboarding:person", public_id, paper.person.public_id)
    return redirect("onboarding:papers", public_id)


@never_cache
@require_http_methods(["GET", "POST"])
@applicant_required
def people(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The fourth step: who gives care, and the form to add somebody."""
    found = open_application(request, public_id)
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = services.save_person(public_id=public_id, fields=form.cleaned_data)
        messages.success(request, _("已保存。请接着上传 TA 的证书。"))
        return redirect("onboarding:person", public_id, person.public_id)
    context = framed(found, Step.PEOPLE) | {
        "form": form,
        "people": found.people.prefetch_related("papers"),
        "needed": requirements_of(found.kind),
        "next": next_url(found, Step.PEOPLE),
    }
    return render(request, "onboarding/people.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@applicant_required
def person(request: HttpRequest, public_id: UUID, person_id: UUID) -> HttpResponse:
    """One person: what is told of them, and their papers."""
    found = open_application(request, public_id)
    somebody = _person(found, person_id)
    form = PersonForm(request.POST or None, instance=somebody)
    if request.method == "POST" and form.is_valid():
        services.save_person(public_id=public_id, person_id=person_id, fields=form.cleaned_data)
        messages.success(request, _("已保存。"))
        return redirect("onboarding:people", public_id)
    return _person_page(request, found, _person(found, person_id), {"form": form}, bool(form.errors))


@never_cache
@require_POST
@applicant_required
def person_paper(request: HttpRequest, public_id: UUID, person_id: UUID) -> HttpResponse:
    """Take in a paper of one person."""
    found = open_application(request, public_id)
    somebody = _person(found, person_id)
    form = PersonPaperForm(request.POST, request.FILES)
    if form.is_valid():
        paper = {"kind": PaperKind(form.cleaned_data["kind"]), "upload": form.cleaned_data["upload"]}
        try:
            services.add_paper(public_id=public_id, added_by=request.user, person=somebody, **paper)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已上传。"))
            return redirect("onboarding:person", public_id, person_id)
    return _person_page(request, found, somebody, {"paper_form": form}, is_wrong=True)


@require_POST
@applicant_required
def remove_person(request: HttpRequest, public_id: UUID, person_id: UUID) -> HttpResponse:
    """Take somebody out."""
    found = open_application(request, public_id)
    _person(found, person_id)
    services.remove_person(public_id=public_id, person_id=person_id)
    messages.success(request, _("已移除。"))
    return redirect("onboarding:people", public_id)


def _person(application: Application, person_id: UUID) -> Person:
    found = application.people.filter(public_id=person_id).first()
    if found is None:
        raise Http404
    return found


def _person_page(
    request: HttpRequest, application: Application, somebody: Person, forms: dict[str, Any], is_wrong: bool
) -> HttpResponse:
    context = framed(application, Step.PEOPLE) | {
        "person": somebody,
        "papers": current_papers(application).filter(person=somebody),
        "form": PersonForm(instance=somebody),
        "paper_form": PersonPaperForm(),
        **forms,
    }
    return render(request, "onboarding/person.html", context, status=422 if is_wrong else 200)
