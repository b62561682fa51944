"""Input about working rules, rooms, reservations and other calendars."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.scheduling.enums import RoomKind, Weekday
from catalog.scheduling.models import Location, Provider, Room

from .rules import Portal
from .span_form import SpanForm


class RulesForm(forms.Form):
    """How a provider works over holidays, and how many sessions they take at most; empty numbers are no limit."""

    keeps_holidays = forms.BooleanField(label=_("法定节假日休息"), required=False)
    shifted_days_as = forms.TypedChoiceField(
        label=_("调休上班的周末"),
        choices=[("", _("照常休息"))],
        coerce=int,
        empty_value=None,
        required=False,
    )
    sessions_per_day = forms.IntegerField(label=_("一天最多几场"), min_value=1, max_value=24, required=False)
    sessions_per_week = forms.IntegerField(label=_("一周最多几场"), min_value=1, max_value=100, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = [(number, _("按{day}的时间").format(day=name)) for number, name in Weekday.choices]
        self.fields["shifted_days_as"].choices = [("", _("照常休息")), *days]  # type: ignore[attr-defined]


def rules_initial(provider: Provider) -> dict[str, Any]:
    """Return what the form shows of a provider's rules."""
    return {name: getattr(provider, name) for name in RulesForm.base_fields}


class RoomForm(forms.Form):
    """A new room or line."""

    location = forms.ModelChoiceField(label=_("地点"), queryset=Location.objects.none(), empty_label=None)
    name = forms.CharField(label=_("名称"), max_length=40)
    kind = forms.ChoiceField(label=_("类型"), choices=RoomKind.choices, initial=RoomKind.ROOM)
    capacity = forms.IntegerField(label=_("坐得下几个人"), min_value=1, max_value=100, initial=4)

    def __init__(self, *args: Any, portal: Portal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["location"].queryset = portal.partner.locations.order_by("name", "pk")  # type: ignore[attr-defined]


class RoomChangeForm(forms.Form):
    """What may change of a room: not where it is, nor what kind of thing."""

    name = forms.CharField(label=_("名称"), max_length=40)
    capacity = forms.IntegerField(label=_("坐得下几个人"), min_value=1, max_value=100)
    is_active = forms.BooleanField(label=_("可以使用"), required=False)


class ReservationForm(SpanForm):
    """A room or line kept for somebody's own work: duty, a talk, a class; local times of one day."""

    room = forms.ModelChoiceField(label=_("房间或热线"), queryset=Room.objects.none(), empty_label=None)
    provider = forms.ModelChoiceField(label=_("谁用"), queryset=Provider.objects.none(), empty_label=None)
    field_order = ("room", "provider")

    def __init__(self, *args: Any, portal: Portal, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="reserve_%s", **kwargs)
        rooms = Room.objects.filter(location__partner=portal.partner, is_active=True)
        self.fields["room"].queryset = rooms.order_by("location", "name")  # type: ignore[attr-defined]
        self.fields["provider"].queryset = portal.providers()  # type: ignore[attr-defined]


class BusyCalendarForm(forms.Form):
    """The private address of another calendar."""

    label = forms.CharField(label=_("叫什么"), max_length=40)
    address = forms.CharField(
        label=_("日历的私密地址"),
        max_length=1000,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
