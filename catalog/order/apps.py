from oscar.apps.order.apps import OrderConfig as OscarOrderConfig


class OrderConfig(OscarOrderConfig):
    name = "catalog.order"
    default = True

    def ready(self) -> None:
        from . import receivers  # noqa: F401
