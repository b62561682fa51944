"""What a fapiao is made out to, and how far it has come."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TitleKind(models.TextChoices):
    """Who is named on a fapiao."""

    PERSONAL = "personal", _("个人")
    COMPANY = "company", _("单位")


class FapiaoState(models.TextChoices):
    """How far a fapiao has come. RED_REVERSED: undone by a red one; WITHDRAWN: nobody needs it any more."""

    REQUESTED = "requested", _("等待开具")
    ISSUED = "issued", _("已开具")
    RED_REVERSED = "red_reversed", _("已红冲")
    FAILED = "failed", _("没有开成")
    WITHDRAWN = "withdrawn", _("已撤回")


class FailReason(models.TextChoices):
    """Why one could not be issued; a list, so that nobody's particulars get into it."""

    TITLE = "title", _("抬头和税号对不上，请核对后重新申请")
    EMAIL = "email", _("邮箱收不到邮件，请换一个邮箱重新申请")
    TAX_OFFICE = "tax_office", _("税务系统没有通过，请过几天重新申请")
