"""Packages on sale, one in a family's hands, a voucher code, and a parcel on its way back."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone

from catalog.basket.selectors import open_basket_of
from catalog.basket.services import put_product_in_basket
from catalog.catalogue.models import Product
from catalog.credits.models import CreditGrant
from catalog.credits.models import Package as PackageRow
from catalog.order.models import Line
from catalog.order.services import place_order
from catalog.returns.models import ReturnRequest
from catalog.returns.services import approve_return, ask_return, mark_sent_back
from catalog.scheduling.models import HealthcareService
from catalog.vouchers.rules import Terms
from catalog.vouchers.selectors import campaign_vouchers
from catalog.vouchers.services import make_voucher
from marketplace.accounts.models import User

from ..data import packages as data
from ..keys import product_code, stable_id
from .bulk import upsert
from .paying import pay_order

_CARRIER = "示例快递"


def load_packages(products: Mapping[str, Product]) -> None:
    """Write what each package promises."""
    rows = [
        PackageRow(product=products[item.key], sessions=item.sessions, valid_days=item.valid_days)
        for item in data.PACKAGES
    ]
    upsert(PackageRow, rows, key=["product"])
    for item in data.PACKAGES:
        covered = HealthcareService.objects.filter(product__upc__in=[product_code(key) for key in item.covers])
        PackageRow.objects.get(product=products[item.key]).services.set(covered)


def make_packages() -> bool:
    """Make the code, buy a package and send something back; each once. Returns whether any was made."""
    return any([_make_code(), _buy_package(), _send_back()])


def _make_code() -> bool:
    code, percent, minimum, most, per_person = data.VOUCHER
    if campaign_vouchers().filter(code=code).exists():
        return False
    now = timezone.now()
    terms = Terms(percent=percent, minimum_fen=minimum, most_fen=most, person_limit=per_person)
    make_voucher(code=code, name="欢迎来到心桥（示例）", terms=terms, starts_at=now, ends_at=now + timedelta(days=365))
    return True


def _buy_package() -> bool:
    user = _user(data.BUYER)
    if CreditGrant.objects.filter(owner=user).exists():
        return False
    if (basket := open_basket_of(user)) and basket.lines.exists():
        return False  # what the family put there is theirs
    put_product_in_basket(user=user, product=Product.objects.get(upc=product_code(data.BOUGHT)))
    basket = open_basket_of(user)
    assert basket is not None  # a line has just been put into it
    bought_at = timezone.now() - timedelta(days=2)
    order = place_order(
        user=user, basket=basket, contact_name=user.nickname, contact_phone=user.phone or "", now=bought_at
    )
    pay_order(order=order, paid_at=bought_at + timedelta(minutes=2))
    return True


def _send_back() -> bool:
    user, seller = _user(data.RETURNER), _user(data.RETURN_SELLER)
    lines = Line.objects.filter(order__user=user, product__upc=product_code(data.RETURNED))
    line = lines.filter(shipments__shipped_at__isnull=False).order_by("pk").first()
    if line is None or ReturnRequest.objects.filter(line=line).exists():
        return False
    made = ask_return(line=line, quantity=1, asked_by=user, reason=data.RETURN_REASON)
    approve_return(request=made, send_to=data.RETURN_ADDRESS, answered_by=seller)
    mark_sent_back(request=made, carrier=_CARRIER, tracking_number=data.RETURN_TRACKING, sent_by=user)
    return True


def _user(key: str) -> User:
    return User.objects.get(public_id=stable_id("user", key))
