from oscar.apps.catalogue.apps import CatalogueConfig as OscarCatalogueConfig


class CatalogueConfig(OscarCatalogueConfig):
    name = "catalog.catalogue"
    default = True

    def ready(self) -> None:
        """Connect Oscar's receivers, but load none of its views: the pages are ours (catalog.browse)."""
        from oscar.apps.catalogue import receivers  # noqa: F401
