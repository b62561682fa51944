"""What has been loaded, so that a second start does nothing twice."""

from django.db import models
from django.utils import timezone


class LoadedData(models.Model):
    """The one row of a database that holds demo data."""

    fingerprint = models.CharField(max_length=32, help_text="of the data's source; another one means load again")
    timetable_until = models.DateField(null=True, help_text="the first day without groups and taken times")
    activity_at = models.DateTimeField(null=True, help_text="when the demo families' orders were made")
    loaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_row_of_loaded_data")]

    def __str__(self) -> str:
        return self.fingerprint
