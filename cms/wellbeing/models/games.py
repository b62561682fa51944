"""How long somebody played today, so that the small games come to a kind end on every device."""

from django.conf import settings
from django.db import models

from marketplace.core.models import PublicIdModel


class GameDay(PublicIdModel):
    """The seconds somebody spent in the small games on one (Shanghai) day, all games together. No scores, ever."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="game_days")
    played_on = models.DateField()
    seconds = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-played_on"]
        constraints = [models.UniqueConstraint(fields=["owner", "played_on"], name="one_game_day")]

    def __str__(self) -> str:
        return f"{self.played_on:%F}"
