from oscar.apps.partner.apps import PartnerConfig as OscarPartnerConfig


class PartnerConfig(OscarPartnerConfig):
    name = "catalog.partner"
    default = True

    def ready(self) -> None:
        """Answer for partners where payments asks who they are."""
        from payments.payees import register_payees

        from .payees import PartnersAsPayees

        register_payees(PartnersAsPayees())
