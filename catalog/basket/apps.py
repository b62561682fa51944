from oscar.apps.basket.apps import BasketConfig as OscarBasketConfig


class BasketConfig(OscarBasketConfig):
    name = "catalog.basket"
    default = True

    def ready(self) -> None:
        """Load none of Oscar's basket views: the pages are ours."""
