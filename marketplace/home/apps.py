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
        register(NavItem("library", _("学知识"), "course", order=30, places=("top", "grown_up_tabs")))
        register(NavItem("community:home", _("树洞"), "bubble", order=40, places=("top", "tabs")))
        register(NavItem("wellbeing:home", pgettext_lazy("导航", "练习"), "leaf", order=50, places=("top", "tabs")))
        register(
            NavItem(
                "bookings:list", pgettext_lazy("导航", "预约"), "calendar", order=60, places=("top", "grown_up_tabs")
            )
        )
        register(NavItem("me", _("我的"), "person", order=90, places=("tabs", "grown_up_tabs")))
