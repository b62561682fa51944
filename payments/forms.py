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
        self.first_offers = [offer for offer in offers if not offer.is_second]
        self.other_offers = [offer for offer in offers if offer.is_second]
        self.fields["way"].choices = [(offer.way, offer.label) for offer in offers if not offer.is_blocked]

    @property
    def marked(self) -> str:
        """The way whose circle is filled: the one that was sent or tried before, else the first."""
        ways = [way for way, _label in self.fields["way"].choices]
        sent = self.data.get("way", "") if self.is_bound else self.initial.get("way", "")
        return sent if sent in ways else next(iter(ways), "")

    @property
    def shows_others(self) -> bool:
        """Whether 其他方式 stands open: the marked way is one of them."""
        return any(offer.way == self.marked for offer in self.other_offers)

    @property
    def chosen(self) -> tuple[str, Method]:
        """The gateway's code and the method; only after is_valid()."""
        gateway, method = self.cleaned_data["way"].split(":")
        return gateway, Method(method)
