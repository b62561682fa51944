"""Reads of a person's basket."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.catalogue.enums import ProductKind
from catalog.vouchers.selectors import Quote, quote, voucher_in
from marketplace.accounts.models import User
from marketplace.core.errors import Refusal
from marketplace.core.queries import CompiledQuery

from .models import Basket, Line
from .offers import current_offer


def basket_line_count(user: User | AnonymousUser) -> int:
    """Return how many lines lie in the person's open basket; nobody signed in has none."""
    return len(_open_lines.rows([user.pk])) if user.is_authenticated else 0


# Asked on every page of a signed-in person.
_open_lines = CompiledQuery(
    lambda ids: Line.objects.filter(basket__owner__in=ids, basket__status=Basket.OPEN).order_by().values_list("pk")
)


def open_basket_of(user: User) -> Basket | None:
    """Return the person's open basket, if there is one."""
    return Basket.objects.filter(owner=user, status=Basket.OPEN).first()


@dataclass(frozen=True)
class Wish:
    """A basket line at today's price. `refusal` says why it cannot be bought now; it then costs nothing."""

    line: Line
    unit_fen: int
    max_units: int
    refusal: Refusal | None = None

    @property
    def price_fen(self) -> int:
        return self.unit_fen * self.line.quantity

    @property
    def kind(self) -> str:
        return str(self.line.product.kind)

    @property
    def starts_at(self) -> datetime | None:
        return self.line.booking.occupancy.starts_at if self.line.booking else None

    @property
    def provider_name(self) -> str:
        """Who gives it: the person of a session, the organisation of anything else."""
        return str(self.line.booking.occupancy.provider if self.line.booking else self.line.stockrecord.partner.name)

    @property
    def can_change_units(self) -> bool:
        return self.kind == ProductKind.GOODS and self.refusal is None and self.max_units > 1

    @property
    def needs_parcel(self) -> bool:
        return bool(self.line.product.get_product_class().requires_shipping)


def lines_of(basket: Basket | None) -> list[Line]:
    """Return a basket's lines with all that pages and orders read of them, in constant queries."""
    if basket is None:
        return []
    return list(
        Line.objects.filter(basket=basket)
        .select_related(
            "product__product_class",
            "stockrecord__product__product_class",
            "stockrecord__partner",
            "booking__occupancy__provider",
            "booking__service__location",
            "booking__child",
            "child",
        )
        .order_by("date_created", "pk")
    )


def wishes_in(basket: Basket | None) -> list[Wish]:
    """Return a basket's lines at today's prices, oldest first."""
    return [_wish(line) for line in lines_of(basket)]


def _wish(line: Line) -> Wish:
    try:
        offer = current_offer(line.product, line.stockrecord)
    except Refusal as refusal:
        return Wish(line, unit_fen=0, max_units=0, refusal=refusal)
    return Wish(line, offer.unit_fen, offer.max_units)


def reducible_fen(line: Line, price_fen: int, *, covered: bool) -> int:
    """Return what of a line's price a voucher may take something off: nothing of a package, or of what one pays for."""
    return 0 if covered or line.product.kind == ProductKind.PACKAGE else price_fen


def quote_for(
    basket: Basket | None, wishes: Sequence[Wish], *, user: User, covered: Collection[int] = ()
) -> Quote | None:
    """Return what the basket's voucher takes off each wish, in their order; None without a voucher.

    `covered` are the ids of lines that a package pays for; a package itself is not made cheaper still.
    """
    voucher = voucher_in(basket)
    if voucher is None:
        return None
    prices = [reducible_fen(wish.line, wish.price_fen, covered=wish.line.pk in covered) for wish in wishes]
    return quote(voucher, user=user, prices=prices, now=timezone.now())


@dataclass(frozen=True)
class WishGroup:
    """Wishes that stand together on the basket page; without a title when nothing is grouped."""

    title: str
    wishes: Sequence[Wish]

    @property
    def total_fen(self) -> int:
        return sum(wish.price_fen for wish in self.wishes)


_LATEST = datetime.max.replace(tzinfo=UTC)
SORTS: dict[str, Callable[[Wish], Any]] = {
    "added": lambda wish: wish.line.pk,
    "price": lambda wish: (wish.price_fen, wish.line.pk),
    "date": lambda wish: (wish.starts_at or _LATEST, wish.line.pk),
}
GROUPINGS: dict[str, Callable[[Wish], str]] = {
    "": lambda wish: "",
    "provider": lambda wish: str(wish.line.stockrecord.partner.name),
    "child": lambda wish: str(wish.line.child) if wish.line.child else _("全家"),
}


def arranged(wishes: Sequence[Wish], *, kind: str = "", sort: str = "added", group: str = "") -> list[WishGroup]:
    """Return wishes filtered by kind, sorted and grouped; a word it does not know changes nothing."""
    chosen = [wish for wish in wishes if kind not in ProductKind.values or wish.kind == kind]
    chosen.sort(key=SORTS.get(sort, SORTS["added"]))
    named = GROUPINGS.get(group, GROUPINGS[""])
    titles = dict.fromkeys(named(wish) for wish in chosen)
    return [WishGroup(title, [wish for wish in chosen if named(wish) == title]) for title in titles]
