"""The words of the record of looks, with FHIR's codes (AuditEvent.action, AuditEvent.outcome)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Action(TextChoices):
    """What was done."""

    CREATE = "C", _("新增")
    READ = "R", _("查看")
    UPDATE = "U", _("修改")
    DELETE = "D", _("删除")
    EXECUTE = "E", _("操作")


class Outcome(TextChoices):
    """How it ended: FHIR's 0 is success, 4 an attempt that was turned away."""

    ALLOWED = "0", _("允许")
    REFUSED = "4", _("拒绝")
