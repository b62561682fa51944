"""Choosing how to pay."""

from django import forms
from django.utils.translation import gettext_lazy as _

from payments.enums import Method
from payments.offers import Offer


class PayForm(forms.Form):
    """One choice among the offers, posted as `gateway:method`."""

    way = forms.ChoiceField(label=_("付款方式"), error_messages={"required": _("请选一种付款方式。")})

    def __init__(self, *args: object, offers: list[Offer], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = [(offer.way, offer.label) for offer in offers]

    @property
    def chosen(self) -> tuple[str, Method]:
        """The gateway's code and the method; only after is_valid()."""
        gateway, method = self.cleaned_data["way"].split(":")
        return gateway, Method(method)
