"""What families said in public about sessions here, and answering it in public. Who wrote it, nobody here learns."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from catalog.consultations.feedback.errors import NothingToReplyTo
from catalog.consultations.feedback.models import REPLY_LENGTH
from catalog.consultations.feedback.selectors import said_about
from catalog.consultations.feedback.services import reply_to_words
from marketplace.core.errors import Refusal

from ..access import desk_view
from ..rules import Portal

PAGE_SIZE = 20


@require_GET
@desk_view
def reviews(request: HttpRequest, portal: Portal) -> HttpResponse:
    """Published words, those without an answer first."""
    page = Paginator(said_about(portal.partner), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"portal": portal, "page": "reviews", "page_obj": page, "longest": REPLY_LENGTH}
    return render(request, "clinics/reviews.html", context)


@require_POST
@desk_view
def reply(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Answer one of them; it is shown when one of our people has read it."""
    try:
        reply_to_words(
            public_id=public_id, partner=portal.partner, words=request.POST.get("words", ""), written_by=portal.user
        )
        messages.success(request, _("已提交。我们看过以后公开。"))
    except NothingToReplyTo:
        raise Http404 from None
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("clinics:reviews")
