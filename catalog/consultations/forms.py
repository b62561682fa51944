from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from catalog.scheduling.models import Booking


class WhereaboutsForm(forms.Form):
    """Where the young person is during a session, and who can be there quickly; all of it may stay empty."""

    place = forms.CharField(
        label=_("会面时人在哪里"),
        max_length=120,
        required=False,
        help_text=_("比如“家里，绿苑小区 3 幢”"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    contact_name = forms.CharField(
        label=_("那时能赶到的大人"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    contact_phone = forms.CharField(
        label=_("这位大人的电话"),
        max_length=20,
        required=False,
        validators=[RegexValidator(r"^\+?[\d\s()-]{3,20}$", _("请写电话号码，比如 13800000000。"))],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )


class EmergencyForm(forms.Form):
    """Who of a session is in danger."""

    booking = forms.UUIDField()

    def __init__(self, *args: Any, bookings: list[Booking], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bookings = {booking.public_id for booking in bookings}

    def clean_booking(self) -> Any:
        """Only somebody of this very session."""
        chosen = self.cleaned_data["booking"]
        if chosen not in self.bookings:
            raise forms.ValidationError(_("没有找到这个人。"))
        return chosen
