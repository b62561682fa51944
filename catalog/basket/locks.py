"""Row locks of baskets. A basket is locked before anything it leads to (order, provider, booking, stock)."""

from marketplace.accounts.models import User

from .models import Basket, Line


def locked_open_basket(user: User) -> Basket | None:
    """Return the person's open basket, locked and read after the lock; None when there is none."""
    return Basket.objects.filter(owner=user, status=Basket.OPEN).select_for_update(of=("self",)).first()


def locked_basket(*, basket_id: int, owner: User) -> Basket | None:
    """Return a basket of this person in whatever state, locked; None when it is not theirs."""
    return Basket.objects.filter(pk=basket_id, owner=owner).select_for_update(of=("self",)).first()


def line_of(basket: Basket | None, line_id: int) -> Line | None:
    """Return a line of a locked basket with its booking; the basket's lock keeps it still."""
    return Line.objects.select_related("booking", "product", "stockrecord").filter(basket=basket, pk=line_id).first()
