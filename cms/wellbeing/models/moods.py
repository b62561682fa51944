"""How a young person says they are, in a few presses. No workflow here."""

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.encryption.fields import EncryptedJSONField, EncryptedTextField
from marketplace.core.models import PublicIdModel
from marketplace.families.models import Child

#: One line, as it fits under a picture.
LINE_LENGTH = 120


class MoodEntry(PublicIdModel):
    """One answer to "how is it now"; the young person's alone.

    `weather` is a `moods.Weather` (int), `words` up to three keys of `moods.WORDS`, `line` what they added. All three are
    sealed, so nothing but the moment can be searched for. `felt_on` is the Shanghai day of `felt_at`.
    """

    child = models.ForeignKey(Child, models.CASCADE, related_name="moods")
    weather = EncryptedJSONField(_("现在的天气"), subject="child.public_id")
    words = EncryptedJSONField(_("心情词"), subject="child.public_id", default=list, blank=True)
    line = EncryptedTextField(
        _("想说的一句"), subject="child.public_id", max_length=LINE_LENGTH, blank=True, default=""
    )
    felt_on = models.DateField(_("日期"))
    felt_at: datetime = models.DateTimeField(_("时间"), default=timezone.now)

    class Meta:
        ordering = ["-felt_at", "-pk"]
        indexes = [models.Index(fields=["child", "-felt_at", "-id"], name="moods_of_child")]

    def __str__(self) -> str:
        return f"{self.felt_at:%F %H:%M}"
