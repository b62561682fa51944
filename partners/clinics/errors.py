"""Every refusal the portal's people can meet when they change what they offer."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class PackageOnSale(Refusal):
    """What a package holds changes only while nobody can buy it: who buys gets what stood on the page."""

    sentence = _("先停售并保存，再改次数、有效期和可以用的服务。")


class PackageBeingBought(Refusal):
    """Somebody has ordered it and not paid yet."""

    sentence = _("有家庭正在付款。等他们付完或到期，再改次数、有效期和可以用的服务。")
