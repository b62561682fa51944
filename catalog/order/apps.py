from oscar.apps.order.apps import OrderConfig as OscarOrderConfig


class OrderConfig(OscarOrderConfig):
    name = "catalog.order"
    default = True

    def ready(self) -> None:
        """Make orders payable."""
        from payments.payables import register_payable

        from .payable import OrderPayable

        register_payable(OrderPayable())
