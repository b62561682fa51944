from oscar.apps.partner.apps import PartnerConfig as OscarPartnerConfig


class PartnerConfig(OscarPartnerConfig):
    name = "catalog.partner"
    default = True

    def ready(self) -> None:
        """Answer for partners where payments asks who they are, and for what is known of their people."""
        from payments.payees import register_payees

        from .payees import PartnersAsPayees
        from .retention import register_retention
        from .subject_data import register_subject_data

        register_payees(PartnersAsPayees())
        register_retention()
        register_subject_data()
