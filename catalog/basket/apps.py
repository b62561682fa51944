from oscar.apps.basket.apps import BasketConfig as OscarBasketConfig


class BasketConfig(OscarBasketConfig):
    name = "catalog.basket"
    default = True

    def ready(self) -> None:
        """Load none of Oscar's basket views: the pages are ours. Say how long baskets are kept."""
        from .retention import register_retention
        from .subject_data import register_subject_data

        register_retention()
        register_subject_data()
