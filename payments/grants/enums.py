"""How far a community's fund, and each wish to spend of it, has come."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FundState(models.TextChoices):
    """A fund takes and gives money while it is open."""

    OPEN = "open", _("进行中")
    CLOSED = "closed", _("已结束")


class MoneyFrom(models.TextChoices):
    """Where a fund's money comes from."""

    DONATION = "donation", _("捐赠或拨款到账")
    PUBLIC_GOOD = "public_good", _("平台公益基金")


class AskState(models.TextChoices):
    """What became of something that needs a second person's yes."""

    ASKED = "asked", _("待审核")
    APPROVED = "approved", _("已批准")
    DECLINED = "declined", _("未批准")
