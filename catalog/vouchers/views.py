"""A person's vouchers, the link they pass on, and the page a newcomer finds behind it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.core.errors import Refusal
from marketplace.families.rules import may_care_for_others

from . import selectors, services
from .models import ShareLink

PAGE_SIZE = 20


@require_GET
@login_required
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """List the person's vouchers, and their link once they asked for one."""
    page = Paginator(selectors.rewards_of(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    link = ShareLink.objects.filter(owner=request.user).first()
    address = request.build_absolute_uri(reverse("vouchers:arrive", args=[link.code])) if link else ""
    context = {
        "page": page,
        "now": timezone.now(),
        "share_address": address,
        "may_share": may_care_for_others(request.user),
    }
    return render(request, "vouchers/mine.html", context)


@require_POST
@login_required
def share(request: HttpRequest) -> HttpResponse:
    """Make the person's link."""
    try:
        services.open_share_link(owner=request.user)
    except Refusal as refusal:
        messages.info(request, str(refusal))
    return redirect("vouchers:mine")


@require_http_methods(["GET", "POST"])
@never_cache
def arrive(request: HttpRequest, code: str) -> HttpResponse:
    """Welcome whoever follows a link: says nothing of who passed it on. Looking changes nothing."""
    if selectors.link_with_code(code) is None:
        raise Http404
    if request.method == "POST" and request.user.is_authenticated:
        try:
            services.arrive_by_link(code=code, newcomer=request.user)
        except Refusal as refusal:
            messages.info(request, str(refusal))
        else:
            messages.success(request, _("优惠券放进了你的心桥。分享的人只会收到一句感谢，不知道是谁。"))
        return redirect("vouchers:mine")
    return render(request, "vouchers/arrive.html", {"code": code})
