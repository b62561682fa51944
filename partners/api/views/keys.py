"""Keys: making one, which shows it once, and ending one."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.core.errors import Refusal

from ..access import Managed, manager_view
from ..errors import NotYourKey
from ..forms import KeyForm
from ..selectors import keys_of
from ..services import MadeKey, make_key, revoke_key

PAGE_SIZE = 20


@require_http_methods(["GET", "POST"])
@manager_view
def keys(request: HttpRequest, partners: Managed) -> HttpResponse:
    """Every key of the organisations this person manages, and a form for another one."""
    form = KeyForm(partners, request.POST or None)
    made = _made(request, form) if request.method == "POST" and form.is_valid() else None
    context = {
        "page": "keys",
        "partners": partners,
        "made": made,
        "form": KeyForm(partners) if made else form,
        "page_obj": Paginator(keys_of(partners), PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return render(request, "api/keys.html", context, status=400 if form.errors else 200)


def _made(request: HttpRequest, form: KeyForm) -> MadeKey | None:
    """Make it; the page that shows it is the answer itself, so the secret waits nowhere to be fetched."""
    data = form.cleaned_data
    try:
        return make_key(partner=form.chosen, made_by=request.user, label=data["label"], scopes=data["scopes"])
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None


@require_POST
@manager_view
def revoke(request: HttpRequest, partners: Managed, public_id: UUID) -> HttpResponse:
    """End a key; whatever uses it is refused from the next call on."""
    try:
        revoke_key(public_id=public_id, revoked_by=request.user)
    except NotYourKey:
        raise Http404 from None
    messages.success(request, _("这把密钥已经停用，下一次请求就会被拒绝。"))
    return redirect("developers:keys")
