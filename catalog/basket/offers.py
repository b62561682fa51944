"""What a product costs now: the one place where Oscar's strategy is asked and its Decimal becomes fen."""

from dataclasses import dataclass

from oscar.apps.partner.strategy import PurchaseInfo, Selector

from catalog.catalogue.enums import SaleState
from catalog.catalogue.models import Product
from catalog.partner.models import StockRecord
from marketplace.core.money import fen_from_yuan

from .errors import NotForSale, NotYetForSale

#: What one line may hold at most; more is a typing mistake or a reseller.
MAX_UNITS = 9
CURRENCY = "CNY"


@dataclass(frozen=True)
class Offer:
    """A product on sale: at whose price, and how many units may be bought now (1 where nothing is counted)."""

    product: Product
    stockrecord: StockRecord
    unit_fen: int
    max_units: int

    @property
    def is_sold_out(self) -> bool:
        return self.max_units < 1


def current_offer(product: Product, stockrecord: StockRecord | None = None) -> Offer:
    """Return what `product` costs now (at `stockrecord`, or at its first one).

    Raises:
        NotYetForSale: it is listed as coming.
        NotForSale: it is paused or hidden, or has no price in our currency.
    """
    if product.sale_state == SaleState.COMING:
        raise NotYetForSale
    if product.sale_state != SaleState.ON_SALE or not product.is_public:
        raise NotForSale
    info = Selector().strategy().fetch_for_product(product, stockrecord)
    if info.stockrecord is None or not info.price.exists or info.price.currency != CURRENCY:
        raise NotForSale
    return Offer(product, info.stockrecord, fen_from_yuan(info.price.incl_tax), _max_units(info))


def _max_units(info: PurchaseInfo) -> int:
    if not info.stockrecord.can_track_allocations:
        return 1
    return max(0, min(MAX_UNITS, info.stockrecord.net_stock_level))
