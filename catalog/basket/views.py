"""The basket, and the page on which a time is chosen for a child."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalog.catalogue.enums import ProductKind
from catalog.catalogue.models import Product
from catalog.scheduling.enums import Mode
from catalog.scheduling.errors import SlotTaken
from catalog.scheduling.rules import HOLD_FOR
from catalog.scheduling.selectors import Slot, nearest_open_slots
from marketplace.core.errors import Refusal
from marketplace.core.formatting import moment_text
from marketplace.families.selectors import booked_for_by, guardians_of, young_profile_of
from payments.requests.rules import may_fill_a_basket

from . import selectors, services
from .choosing import Choice, NotATime, alternatives, choice_from, free_slot, series_url, together_url
from .forms import ChooseForm, CodeForm, QuantityForm
from .models import Line
from .offers import current_offer


@login_required
def choose(request: HttpRequest) -> HttpResponse:
    """Choose the child and the mode for a time; sending it keeps the time and leads to the checkout."""
    try:
        choice = choice_from(request.GET)
    except NotATime:
        raise Http404 from None
    if not may_fill_a_basket(request.user):
        return explain_that_a_parent_pays(request, choice)
    if request.method == "GET" and _is_in_basket(request, choice):
        messages.info(request, _("这个时间已经为你保留。"))
        return redirect("checkout:index")
    slot = free_slot(choice)
    if slot is None and request.method == "GET":
        return show_taken(
            request, SlotTaken(lambda: nearest_open_slots(service=choice.service, around=choice.starts_at)), choice
        )
    modes = slot.modes if slot else tuple(choice.service.modes)
    form = ChooseForm(request.POST or None, user=request.user, modes=modes, initial=_first_wishes(request, modes))
    if request.method == "POST" and form.is_valid():
        return _keep(request, choice, form, modes, slot)
    return _show_choice(request, choice, form, modes, slot, status=422 if form.errors else 200)


def explain_that_a_parent_pays(request: HttpRequest, choice: Choice) -> HttpResponse:
    """A child too young to ask found a time: who books and pays, and how to tell them. Nothing is held, no sum is shown."""
    profile = young_profile_of(request.user)
    guardians = list(guardians_of(profile)) if profile else []
    context = {"choice": choice, "profile": profile, "guardians": guardians}
    return render(request, "basket/ask_parent.html", context)


def _keep(
    request: HttpRequest, choice: Choice, form: ChooseForm, modes: tuple[str, ...], slot: Slot | None
) -> HttpResponse:
    try:
        services.put_session_in_basket(
            user=request.user,
            service=choice.service,
            provider=choice.provider,
            starts_at=choice.starts_at,
            occupancy=choice.occupancy,
            child=form.cleaned_data["child"],
            mode=form.cleaned_data["mode"],
        )
    except SlotTaken as refusal:
        return show_taken(request, refusal, choice)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _show_choice(request, choice, form, modes, slot, status=409)
    return redirect("checkout:index")


def _is_in_basket(request: HttpRequest, choice: Choice) -> bool:
    lines = Line.objects.filter(
        basket=selectors.open_basket_of(request.user),
        booking__service=choice.service,
        booking__occupancy__starts_at=choice.starts_at,
        booking__held_until__gt=timezone.now(),
    )
    return lines.exists()


def _first_wishes(request: HttpRequest, modes: tuple[str, ...]) -> dict[str, object]:
    """Choose for the family what leaves no choice: an only child, an only mode, and what the address says."""
    children = list(booked_for_by(request.user).values_list("public_id", flat=True)[:2])
    child = request.GET.get("child") or (str(children[0]) if len(children) == 1 else "")
    mode = request.GET.get("mode") or (modes[0] if modes else "")
    return {"child": child, "mode": mode}


def _show_choice(
    request: HttpRequest, choice: Choice, form: ChooseForm, modes: tuple[str, ...], slot: Slot | None, *, status: int
) -> HttpResponse:
    service = choice.service
    try:
        fen = current_offer(service.product).unit_fen
    except Refusal as refusal:
        messages.info(request, str(refusal))
        return redirect(service.product.get_absolute_url())
    coming = [Mode(mode).label for mode in service.modes if mode not in modes]
    context = {
        "choice": choice,
        "form": form,
        "children": form.fields["child"].queryset,
        "coming_modes": coming,
        "fen": fen,
        "hold_minutes": int(HOLD_FOR.total_seconds() // 60),
        "free_until": service.product.cancellation_policy.free_until(starts_at=choice.starts_at),
        "now": timezone.now(),
        "is_group": service.product.kind == ProductKind.GROUP,
        "series_url": series_url(choice, slot) if slot else "",
        "together_url": together_url(choice, children=form.fields["child"].queryset.count()),
    }
    return render(request, "basket/choose.html", context, status=status)


def show_taken(request: HttpRequest, refusal: SlotTaken, choice: Choice | None = None) -> HttpResponse:
    """Say calmly that a time is gone, with the nearest others as buttons."""
    provider_id = choice.provider.pk if choice and choice.provider else None
    context = {
        "sentence": str(refusal),
        "choice": choice,
        "others": alternatives(refusal.alternatives, provider_id=provider_id),
    }
    return render(request, "basket/slot_taken.html", context, status=409)


@login_required
def summary(request: HttpRequest) -> HttpResponse:
    """Show the basket: by kind, sorted and grouped as the address says."""
    say_what_expired(request)
    return _show_summary(request, CodeForm())


def _show_summary(request: HttpRequest, code_form: CodeForm, *, status: int = 200) -> HttpResponse:
    basket = selectors.open_basket_of(request.user)
    wishes = selectors.wishes_in(basket)
    quote = selectors.quote_for(basket, wishes, user=request.user)
    total_fen = sum(wish.price_fen for wish in wishes)
    chosen = {key: request.GET.get(key, "") for key in ("kind", "sort", "group")}
    groups = selectors.arranged(wishes, kind=chosen["kind"], sort=chosen["sort"], group=chosen["group"])
    kinds = [(kind.value, kind.label) for kind in ProductKind if any(wish.kind == kind for wish in wishes)]
    context = {
        "wishes": wishes,
        "groups": groups,
        "quote": quote,
        "list_fen": total_fen,
        "total_fen": total_fen - (quote.discount_fen if quote else 0),
        "code_form": code_form,
        "held_until": min((w.line.booking.held_until for w in wishes if w.line.booking), default=None),
        "has_refusals": any(wish.refusal for wish in wishes),
        "chosen": chosen,
        "kinds": kinds,
        "sorts": [("", _("按加入时间")), ("price", _("按价格")), ("date", _("按预约时间"))],
        "groupings": [("", _("不分组")), ("provider", _("按机构")), ("child", _("按孩子"))],
    }
    return render(request, "basket/summary.html", context, status=status)


@require_POST
@login_required
def code(request: HttpRequest) -> HttpResponse:
    """Lay a voucher into the basket, by its code."""
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            services.enter_code(user=request.user, code=form.cleaned_data["code"])
        except Refusal as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, _("优惠码已经用上了。"))
            return redirect(_way_back(request, "basket:summary"))
    return _show_summary(request, form, status=422)


@require_POST
@login_required
def remove_code(request: HttpRequest) -> HttpResponse:
    """Take the voucher out again."""
    services.remove_code(user=request.user)
    messages.info(request, _("优惠码已取下。"))
    return redirect(_way_back(request, "basket:summary"))


def say_what_expired(request: HttpRequest) -> None:
    """Take ended holds out of the person's basket, and say so kindly."""
    for starts_at in services.drop_expired_lines(user=request.user):
        sentence = _("{when} 的保留时间到了，已经从购物篮移出，没有扣款。需要的话可以再选一次。")
        messages.info(request, sentence.format(when=moment_text(starts_at)))


@require_POST
@login_required
def add(request: HttpRequest) -> HttpResponse:
    """Put a course or goods into the basket."""
    written = request.POST.get("product", "")
    product = get_object_or_404(Product, pk=written if written.isdecimal() and len(written) < 18 else 0)
    form = QuantityForm(request.POST)
    quantity = (form.cleaned_data.get("quantity") if form.is_valid() else None) or 1
    try:
        services.put_product_in_basket(user=request.user, product=product, quantity=quantity)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect(_way_back(request, product.get_absolute_url()))
    messages.success(request, _("已放进购物篮。"))
    return redirect("basket:summary")


@require_POST
@login_required
def remove(request: HttpRequest, line_id: int) -> HttpResponse:
    """Take a line out, and free its time."""
    services.remove_line(user=request.user, line_id=line_id)
    messages.info(request, _("已从购物篮移出。"))
    return redirect(_way_back(request, "basket:summary"))


@require_POST
@login_required
def update(request: HttpRequest, line_id: int) -> HttpResponse:
    """Change the number of units of a line."""
    form = QuantityForm(request.POST)
    quantity = (form.cleaned_data.get("quantity") if form.is_valid() else None) or 0
    try:
        services.change_quantity(user=request.user, line_id=line_id, quantity=quantity)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect(_way_back(request, "basket:summary"))


def _way_back(request: HttpRequest, otherwise: str) -> str:
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe else otherwise
