from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ModelKind(TextChoices):
    """What a trained model decides about."""

    RISK = "risk", _("发现危险")
    RECOMMENDER = "recommender", _("推荐")
    OTHER = "other", _("其他")
