"""How often products were seen in listings: by day and product, of nobody."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.catalogue.models import Product


class Exposure(models.Model):
    """So many times a product stood on a page of a listing that somebody opened, on one Shanghai day.

    Who looked is not known: the counts come without a person, a session or an address, and cannot be taken apart again.
    """

    product = models.ForeignKey(Product, models.CASCADE, related_name="exposures")
    on: date = models.DateField(_("日期"))
    times = models.PositiveIntegerField(_("次数"), default=0)

    class Meta:
        ordering = ["on", "product"]
        constraints = [models.UniqueConstraint(fields=["on", "product"], name="exposure_counted_once_a_day")]

    def __str__(self) -> str:
        return f"{self.on} · {self.times}"
