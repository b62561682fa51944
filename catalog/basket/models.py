"""Fork of Oscar's basket: one open basket per person; a line may hold a booking, and knows for which child it is."""

from django.db import models
from oscar.apps.basket.abstract_models import AbstractBasket, AbstractLine

from catalog.scheduling.models import Booking
from marketplace.families.models import Child


class Basket(AbstractBasket):
    """What a person wishes to buy; two tabs at once still fill the same one."""

    class Meta(AbstractBasket.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["owner"], condition=models.Q(status=AbstractBasket.OPEN), name="one_open_basket_per_person"
            )
        ]


class Line(AbstractLine):
    """One wish in a basket; a session's line exists as long as its booking is held."""

    booking = models.OneToOneField(Booking, models.CASCADE, null=True, blank=True, related_name="basket_line")
    child = models.ForeignKey(Child, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta(AbstractLine.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(
                condition=models.Q(booking__isnull=True) | models.Q(quantity=1), name="booked_basket_line_is_one"
            )
        ]


from oscar.apps.basket.models import *  # noqa: E402, F403
