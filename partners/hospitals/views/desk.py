"""A hospital's letters: what came, one of them, and the answer."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from catalog.partner.models import Partner
from marketplace.accounts.models import User
from marketplace.core.errors import Refusal

from .. import services
from ..access import hospital_view
from ..fhir import service_request
from ..forms import ReplyForm
from ..models import ReferralLetter
from ..selectors import letters_to
from ..sights import Sight, look_as_hospital

PAGE_SIZE = 20


@require_GET
@hospital_view
def home(request: HttpRequest, hospital: Partner) -> HttpResponse:
    """Letters that came, and the ways to calendar and listing."""
    page = Paginator(letters_to(hospital), PAGE_SIZE).get_page(request.GET.get("page"))
    sights = look_as_hospital(cast(User, request.user), list(page))
    context = {"hospital": hospital, "page": "letters", "page_obj": page, "sights": sights}
    return render(request, "hospitals/home.html", context)


@require_GET
@hospital_view
def letter(request: HttpRequest, hospital: Partner, public_id: UUID) -> HttpResponse:
    """One letter; its words open to doctors as long as the family agrees."""
    context = {
        "hospital": hospital,
        "page": "letters",
        "sight": _sight(request, hospital, public_id),
        "form": ReplyForm(),
    }
    return render(request, "hospitals/letter.html", context)


@require_GET
@hospital_view
def fhir(request: HttpRequest, hospital: Partner, public_id: UUID) -> JsonResponse:
    """The same as a FHIR resource, for the hospital's own system."""
    sight = _sight(request, hospital, public_id)
    if not sight.who:
        raise Http404
    found = service_request(sight.letter, with_words=bool(sight.what))
    return JsonResponse(found, content_type="application/fhir+json", json_dumps_params={"ensure_ascii": False})


@require_POST
@hospital_view
def act(request: HttpRequest, hospital: Partner, public_id: UUID) -> HttpResponse:
    """Accept, answer or decline a letter."""
    if not letters_to(hospital).filter(public_id=public_id).exists():
        raise Http404
    user, chosen = cast(User, request.user), request.POST.get("act")
    form = ReplyForm(request.POST)
    try:
        if chosen == "accept":
            services.accept_letter(public_id=public_id, accepted_by=user)
            messages.success(request, _("已接收，写信的人会收到消息。"))
        elif not form.is_valid():
            messages.error(request, _("请写几句话，至少 5 个字。"))
        else:
            accepts, words = chosen == "answer", form.cleaned_data["words"]
            services.end_letter(public_id=public_id, words=words, accepts=accepts, ended_by=user)
            messages.success(request, _("已回复，写信的人会收到消息。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("hospitals:letter", public_id)


def _sight(request: HttpRequest, hospital: Partner, public_id: UUID) -> Sight:
    found: ReferralLetter | None = letters_to(hospital).select_related("hospital").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return look_as_hospital(cast(User, request.user), [found])[0]
