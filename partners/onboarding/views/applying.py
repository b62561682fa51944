"""Applying: what is needed, one's own applications, and the steps without papers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from catalog.partner.enums import OrganisationType
from marketplace.core.errors import Refusal

from .. import selectors, services
from ..enums import DutyOwner, Step
from ..errors import Incomplete
from ..forms import AnswerForm, OrganisationForm, SignerForm, SignForm
from ..models import AgreementText
from ..requirements import REQUIREMENTS
from ..services.agreements import agreement_text, signature_of
from .own import applicant_required, framed, next_url, open_application, own_application


@require_safe
def welcome(request: HttpRequest) -> HttpResponse:
    """What organisations can do here, and what each kind hands in; for everybody."""
    return render(request, "onboarding/welcome.html", {"kinds": REQUIREMENTS.values()})


@require_safe
def public_agreement(request: HttpRequest, kind: str) -> HttpResponse:
    """The agreement with a kind of organisation, with the matrix of duties; for everybody."""
    if kind not in REQUIREMENTS:
        raise Http404
    text = agreement_text(kind)
    context = {"text": text, "duties": duties_of(text), "kind": OrganisationType(kind)}
    return render(request, "onboarding/public_agreement.html", context)


def duties_of(text: AgreementText) -> list[dict[str, Any]]:
    """The matrix as a page shows it."""
    return [duty | {"owner": DutyOwner(duty["owner"]).label} for duty in text.duties]


@never_cache
@require_GET
@applicant_required
def home(request: HttpRequest) -> HttpResponse:
    """One's own applications, and the kinds one can begin."""
    context = {"applications": selectors.applications_of(request.user), "kinds": REQUIREMENTS.values()}
    return render(request, "onboarding/home.html", context)


@require_POST
@applicant_required
def begin(request: HttpRequest) -> HttpResponse:
    """Begin an application of a kind."""
    kind = request.POST.get("kind", "")
    if kind not in REQUIREMENTS:
        messages.error(request, _("请选择机构的类型。"))
        return redirect("onboarding:home")
    application = services.begin_application(applicant=request.user, kind=OrganisationType(kind))
    return redirect(f"onboarding:{application.step}", application.public_id)


@never_cache
@require_GET
@applicant_required
def application(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Where an application stands: what is missing, what was asked, what was decided and why."""
    found = own_application(request, public_id)
    context = framed(found) | {
        "questions": found.questions.all(),
        "events": found.events.all(),
        "answer_form": AnswerForm(),
        "signature": signature_of(found),
    }
    return render(request, "onboarding/application.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@applicant_required
def organisation(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The first step: who the organisation is."""
    return _step(request, public_id, Step.ORGANISATION, OrganisationForm, services.save_organisation)


@never_cache
@require_http_methods(["GET", "POST"])
@applicant_required
def signer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The second step: who signs for it."""
    return _step(request, public_id, Step.SIGNER, SignerForm, services.save_signer)


def _step(request: HttpRequest, public_id: UUID, step: Step, form_class: type[ModelForm], save: Any) -> HttpResponse:
    found = open_application(request, public_id)
    form = form_class(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        save(public_id=public_id, fields=form.cleaned_data)
        messages.success(request, _("已保存。"))
        return redirect(next_url(found, step))
    found.refresh_from_db()  # what a form wrote into it, and nobody saved
    status = 422 if form.errors else 200
    return render(request, "onboarding/step.html", framed(found, step) | {"form": form}, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
@applicant_required
def agreement(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The last step: read and sign."""
    found = open_application(request, public_id)
    text = agreement_text(found.kind)
    form = SignForm(request.POST or None, initial={"digest": text.digest})
    if request.method == "POST" and form.is_valid():
        signed = {"name": form.cleaned_data["name"], "digest": form.cleaned_data["digest"]}
        try:
            services.sign_agreement(public_id=public_id, by=request.user, **signed)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已签署。检查一遍，就可以提交了。"))
            return redirect("onboarding:application", public_id)
    context = framed(found, Step.AGREEMENT) | {
        "form": form,
        "text": text,
        "duties": duties_of(text),
        "signature": signature_of(found),
    }
    return render(request, "onboarding/agreement.html", context, status=422 if form.errors else 200)


@require_POST
@applicant_required
def submit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Hand it in."""
    own_application(request, public_id)
    try:
        services.submit_application(public_id=public_id, by=request.user)
    except Incomplete as incomplete:
        messages.error(request, " ".join([str(incomplete), *incomplete.missing]))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已提交。七天以内答复您；有问题会先问您。"))
    return redirect("onboarding:application", public_id)


@require_http_methods(["GET", "POST"])
@applicant_required
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take an application back, after asking once more."""
    found = own_application(request, public_id)
    if request.method == "GET":
        return render(request, "onboarding/withdraw.html", {"application": found})
    try:
        services.withdraw_application(public_id=public_id, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("申请已撤回。"))
    return redirect("onboarding:home")


@require_POST
@applicant_required
def answer(request: HttpRequest, public_id: UUID, question_id: UUID) -> HttpResponse:
    """Answer a reviewer's question."""
    found = own_application(request, public_id)
    if not found.questions.filter(public_id=question_id).exists():
        raise Http404
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请写下回答。"))
        return redirect("onboarding:application", public_id)
    try:
        services.answer_question(public_id=public_id, question_id=question_id, answer=form.cleaned_data["answer"])
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已保存。都回答了以后，请重新提交。"))
    return redirect("onboarding:application", public_id)
