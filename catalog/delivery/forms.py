"""What a family chooses: who comes, when, in which language."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.scheduling.enums import Language

from .enums import DayPart
from .models import DeliveryOffer
from .services import Wish


class VisitForm(forms.Form):
    """When somebody may come, and in which language."""

    language = forms.ChoiceField(label=_("说什么话"), choices=Language.choices)
    visit_on = forms.DateField(
        label=_("哪一天"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), input_formats=["%Y-%m-%d"]
    )
    day_part = forms.ChoiceField(label=_("什么时候"), choices=DayPart.choices)

    def wish(self) -> Wish:
        """What was chosen, for the service."""
        day: date = self.cleaned_data["visit_on"]
        return Wish(day, DayPart(self.cleaned_data["day_part"]), self.cleaned_data["language"])


class AskForm(VisitForm):
    """The same, and which community."""

    community = forms.ChoiceField(label=_("请哪个社区送"))
    field_order = ("community", "language", "visit_on", "day_part")

    def __init__(self, *args: Any, offers: Iterable[DeliveryOffer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = {str(offer.partner.public_id): offer for offer in offers}
        self.fields["community"].choices = [  # type: ignore[attr-defined]
            (key, f"{offer.partner.name}（{offer.partner.district}：{'、'.join(offer.languages)}）")
            for key, offer in self.offers.items()
        ]
