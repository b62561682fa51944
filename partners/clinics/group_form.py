"""A date of a group: what is written when it is planned."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.scheduling.errors import TooManySeats
from catalog.scheduling.models import HealthcareService, Location, Provider
from catalog.scheduling.rules import MOST_REMOTE_SEATS, is_too_large_for_a_room

from .rules import Portal
from .selectors import group_services_of
from .span_form import CLOCK

MOST_SEATS = 60


class GroupForm(forms.Form):
    """Which group, by whom, when (time of Shanghai), and for how many."""

    service = forms.ModelChoiceField(label=_("哪个小组"), queryset=HealthcareService.objects.none(), empty_label=None)
    provider = forms.ModelChoiceField(label=_("谁带"), queryset=Provider.objects.none(), empty_label=None)
    on = forms.DateField(label=_("日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    at = forms.TimeField(label=_("开始时间"), widget=forms.TimeInput(attrs=CLOCK))
    seats = forms.IntegerField(label=_("几个名额"), min_value=2, max_value=MOST_SEATS, initial=MOST_REMOTE_SEATS)
    minimum_seats = forms.IntegerField(label=_("至少几个人才办"), min_value=0, max_value=MOST_SEATS, required=False)
    location = forms.ModelChoiceField(
        label=_("地点"), queryset=Location.objects.none(), required=False, empty_label=_("这个小组平常的地点")
    )

    def __init__(self, *args: Any, portal: Portal, **kwargs: Any) -> None:
        super().__init__(*args, **({"auto_id": "group_%s"} | kwargs))
        self.fields["service"].queryset = group_services_of(portal)  # type: ignore[attr-defined]
        self.fields["provider"].queryset = portal.providers().filter(is_active=True)  # type: ignore[attr-defined]
        self.fields["location"].queryset = portal.partner.locations.order_by("name", "pk")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["minimum_seats"] = cleaned.get("minimum_seats") or 0
        if {"on", "at"} <= cleaned.keys():
            cleaned["starts_at"] = timezone.make_aware(datetime.combine(cleaned["on"], cleaned["at"]))
        service, seats = cleaned.get("service"), cleaned.get("seats")
        if service and seats and is_too_large_for_a_room(service.modes, seats):
            self.add_error("seats", str(TooManySeats.sentence))
        if seats and cleaned["minimum_seats"] > seats:
            self.add_error("minimum_seats", _("最少的人数不能比名额多。"))
        return cleaned
