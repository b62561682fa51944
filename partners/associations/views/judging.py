"""Assessments, trainings, and a say in the standards."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from catalog.partner.models import Partner
from catalog.scheduling.models import Provider
from catalog.standing import selectors, services
from catalog.standing.models import Assessment, Training
from marketplace.core.errors import Refusal

from ..access import association_view
from ..forms import AssessmentForm, SayForm, TrainingForm

PAGE_SIZE = 20


@require_GET
@never_cache
@association_view
def assessments(request: HttpRequest, body: Partner) -> HttpResponse:
    """What the association has signed."""
    rows = Assessment.objects.filter(body=body).select_related("partner")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "associations/assessments.html", {"body": body, "page": "assessments", "rows": page})


@require_http_methods(["GET", "POST"])
@never_cache
@association_view
def assess(request: HttpRequest, body: Partner, public_id: UUID) -> HttpResponse:
    """Answer the checklist about an organisation, and sign."""
    partner = get_object_or_404(Partner, public_id=public_id)
    form = AssessmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = services.sign_assessment(
                body=body,
                partner=partner,
                answers=form.answers(),
                remarks=form.cleaned_data["remarks"],
                signed_by=request.user,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            result = row.get_result_display()
            messages.success(request, _("已经签署：%(result)s。结果会显示在机构的页面上。") % {"result": result})
            return redirect("associations:assessments")
    context = {
        "body": body,
        "page": "assessments",
        "form": form,
        "title": _("评估「%(name)s」") % {"name": partner.name},
        "text": _("每一条都要回答。签署以后不能改，可以再评一次；一年以后不再显示。"),
        "button": _("签署"),
    }
    return render(request, "associations/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@never_cache
@association_view
def trainings(request: HttpRequest, body: Partner) -> HttpResponse:
    """Trainings that were held, and one more."""
    form = TrainingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = services.note_training(body=body, noted_by=request.user, **form.cleaned_data)
        return redirect("associations:training", made.public_id)
    page = Paginator(Training.objects.filter(body=body), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"body": body, "page": "trainings", "form": form, "rows": page}
    return render(request, "associations/trainings.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@never_cache
@association_view
def training(request: HttpRequest, body: Partner, public_id: UUID) -> HttpResponse:
    """Who took part in a training; look for one more by name."""
    row = get_object_or_404(Training, public_id=public_id, body=body)
    words = request.GET.get("q", "").strip()[:40]
    named = Provider.objects.filter(name__icontains=words).select_related("partner").order_by("name", "pk")
    if request.method == "POST":
        wanted = Provider.objects.filter(public_id__in=_uuids(request.POST.getlist("provider")))
        services.note_attendance(training=row, providers=wanted, noted_by=request.user)
        return redirect("associations:training", row.public_id)
    context = {
        "body": body,
        "page": "trainings",
        "row": row,
        "q": words,
        "found": named[:20] if len(words) > 1 else [],
        "people": row.providers.select_related("partner").order_by("name", "pk"),
    }
    return render(request, "associations/training.html", context)


def _uuids(written: list[str]) -> list[UUID]:
    found = []
    for each in written[:50]:
        try:
            found.append(UUID(each))
        except ValueError:
            continue
    return found


@require_http_methods(["GET", "POST"])
@never_cache
@association_view
def standards(request: HttpRequest, body: Partner) -> HttpResponse:
    """The draft of the standards, and what the association says to it."""
    version = selectors.drafted_standards()
    said = version.says.filter(body=body).first() if version else None
    form = SayForm(request.POST or None, initial={"stance": said.stance, "words": said.words} if said else None)
    if request.method == "POST" and version is not None and form.is_valid():
        try:
            services.say_about_standards(version=version, body=body, said_by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("意见已经记下，会和标准一起公开。"))
            return redirect("associations:standards")
    context = {"body": body, "page": "standards", "version": version, "said": said, "form": form}
    return render(request, "associations/standards.html", context, status=422 if form.errors else 200)
