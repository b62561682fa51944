"""Which package pays for which session of a checkout: the next to end first, unless the family pays with money.

The choice stands in the address (`?money=<line>`), so that the sum on the page is right without JavaScript.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from catalog.basket.models import Basket
from catalog.basket.selectors import Wish, quote_for
from catalog.credits.models import CreditGrant
from catalog.credits.selectors import grants_for_bookings
from catalog.vouchers.selectors import Quote
from marketplace.accounts.models import User


@dataclass(frozen=True)
class Covering:
    """What may pay for each line, and what does, by the line's number."""

    possible: Mapping[int, Sequence[CreditGrant]]
    chosen: Mapping[int, CreditGrant]

    @property
    def initial(self) -> dict[str, str]:
        """The form's hidden fields."""
        return {f"credit_{line_id}": str(grant.public_id) for line_id, grant in self.chosen.items()}


def covering_for(user: User, wishes: Sequence[Wish], *, with_money: Collection[int]) -> Covering:
    """Choose for every session a package that has one left, leaving out the lines that are paid with money."""
    sessions = [wish for wish in wishes if wish.line.booking is not None and wish.refusal is None]
    priced = [(wish.line.booking, wish.price_fen) for wish in sessions if wish.line.booking is not None]
    by_booking = grants_for_bookings(user, priced)
    possible = {wish.line.pk: by_booking.get(wish.line.booking_id, []) for wish in sessions}
    chosen, spent = {}, Counter[int]()
    for wish in sessions:
        free = [grant for grant in possible[wish.line.pk] if grant.left > spent[grant.pk]]
        if free and wish.line.pk not in with_money:
            chosen[wish.line.pk] = free[0]
            spent[free[0].pk] += 1
    return Covering({line_id: grants for line_id, grants in possible.items() if grants}, chosen)


@dataclass(frozen=True)
class Row:
    """A wish on the checkout page: what it costs here, and which package pays for it."""

    wish: Wish
    grant: CreditGrant | None
    can_use_credit: bool
    discount_fen: int

    @property
    def price_fen(self) -> int:
        return 0 if self.grant else self.wish.price_fen - self.discount_fen


@dataclass(frozen=True)
class Sums:
    """The checkout's rows, in the basket's order, and what they come to."""

    rows: Sequence[Row]
    covering: Covering
    quote: Quote | None

    @property
    def total_fen(self) -> int:
        return sum(row.price_fen for row in self.rows)


def sums_for(user: User, basket: Basket | None, wishes: Sequence[Wish], *, with_money: Collection[int] = ()) -> Sums:
    """Price the checkout: a package where there is one, then the voucher on what costs money."""
    covering = covering_for(user, wishes, with_money=with_money)
    quote = quote_for(basket, wishes, user=user, covered=covering.chosen)
    reductions = quote.reductions if quote else [0] * len(wishes)
    rows = [
        Row(wish, covering.chosen.get(wish.line.pk), wish.line.pk in covering.possible, fen)
        for wish, fen in zip(wishes, reductions, strict=True)
    ]
    return Sums(rows, covering, quote)
