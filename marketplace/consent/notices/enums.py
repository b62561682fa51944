"""The words of the notices and of the impact assessments."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ResidualRisk(TextChoices):
    """What risk is left once the measures stand."""

    LOW = "low", _("低")
    MEDIUM = "medium", _("中")
    HIGH = "high", _("高：不能这样做")
