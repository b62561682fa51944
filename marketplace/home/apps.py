from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class HomeConfig(AppConfig):
    name = "marketplace.home"
    label = "home"

    def ready(self) -> None:
        """Name the pages of the main navigation: only this room knows them all."""
        from marketplace.core.navigation import NavItem, register

        register(NavItem("home", _("首页"), "home", order=10, exact=True))
        register(NavItem("browse:index", _("找服务"), "search", order=20))
        register(NavItem("bookings:list", pgettext_lazy("导航", "预约"), "calendar", order=30))
        register(NavItem("me", _("我的"), "person", order=90, places=("tabs",)))
