"""What is asked for a key and for an address."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.partner.models import Partner

from .enums import HEARABLE, EventKind, Scope


class _ForPartner(forms.Form):
    """For one of the organisations somebody manages; who manages one is not asked."""

    partner = forms.ModelChoiceField(Partner.objects.none(), label=_("机构"), empty_label=None)

    def __init__(self, partners: Sequence[Partner], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["partner"]
        field.queryset = Partner.objects.filter(pk__in=[partner.pk for partner in partners]).order_by("pk")
        field.label_from_instance = lambda partner: partner.name
        if len(partners) == 1:
            del self.fields["partner"]
        self._only = partners[0]

    @property
    def chosen(self) -> Partner:
        """The organisation it is for."""
        return self.cleaned_data.get("partner") or self._only


class KeyForm(_ForPartner):
    """A key: what it is called, what it may do."""

    label = forms.CharField(
        label=_("给这把密钥起个名字"), max_length=40, help_text=_("写是哪个程序在用，比如「排班系统」。")
    )
    scopes = forms.MultipleChoiceField(
        label=_("可以做什么"), choices=Scope, widget=forms.CheckboxSelectMultiple, help_text=_("只勾程序真正要用的。")
    )


class AddressForm(_ForPartner):
    """An address: where, and of what it is told."""

    address = forms.CharField(
        label=_("地址"),
        max_length=500,
        help_text=_("以 https:// 开头，在公开的互联网上。加密保存，只送编号和时间，不送称呼。"),
        widget=forms.URLInput,
    )
    events = forms.MultipleChoiceField(
        label=_("告诉什么"),
        choices=[(kind.value, kind.label) for kind in HEARABLE],
        widget=forms.CheckboxSelectMultiple,
        initial=[EventKind.BOOKING_BOOKED, EventKind.BOOKING_MOVED, EventKind.BOOKING_CANCELLED],
    )
