from oscar.apps.order.apps import OrderConfig as OscarOrderConfig


class OrderConfig(OscarOrderConfig):
    name = "catalog.order"
    default = True

    def ready(self) -> None:
        """Make orders payable; say how long they are kept, and where the desk reads words written with them."""
        from payments.payables import register_payable
        from payments.requests.purchases import register_purchase

        from .enums import PAYABLE_KIND
        from .payable import OrderPayable
        from .purchase import OrderPurchase
        from .retention import register_retention
        from .subject_data import register_subject_data
        from .words_read import register_readers

        register_payable(OrderPayable())
        register_purchase(PAYABLE_KIND, OrderPurchase())
        register_retention()
        register_subject_data()
        register_readers()
