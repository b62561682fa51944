"""The one page between basket and payment."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.basket.selectors import Wish
from catalog.order.services import Address
from marketplace.accounts.fields import PhoneField
from marketplace.accounts.models import User
from marketplace.families.models import Child
from marketplace.families.selectors import children_of


class CheckoutForm(forms.Form):
    """Whom to reach, for whom each thing is, and where a parcel goes when there is one."""

    contact_name = forms.CharField(
        label=_("联系人"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("请填写联系人。")},
    )
    contact_phone = PhoneField()
    note = forms.CharField(
        label=_("留言"),
        help_text=_("比如到店时间、电话怎么称呼。请不要写病情或隐私。"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    region = forms.CharField(
        label=_("省市区"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2", "placeholder": _("上海市 徐汇区")}),
        error_messages={"required": _("请填写省市区。")},
    )
    detail = forms.CharField(
        label=_("详细地址"),
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
        error_messages={"required": _("请填写详细地址。")},
    )

    def __init__(self, *args: Any, user: User, wishes: Sequence[Wish], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs_parcel = any(wish.needs_parcel for wish in wishes)
        if not self.needs_parcel:
            del self.fields["region"], self.fields["detail"]
        children = children_of(user)
        self._child_fields = {wish.line.pk: f"child_{wish.line.pk}" for wish in wishes if wish.line.booking is None}
        for name in self._child_fields.values():
            self.fields[name] = forms.ModelChoiceField(
                queryset=children, to_field_name="public_id", required=False, label=_("给谁用"), empty_label=_("全家")
            )

    @property
    def line_fields(self) -> dict[int, forms.BoundField]:
        """The field "for whom" of each line, by the line's number."""
        return {line_id: self[name] for line_id, name in self._child_fields.items()}

    @property
    def children_by_line(self) -> dict[int, Child | None]:
        return {line_id: self.cleaned_data.get(name) for line_id, name in self._child_fields.items()}

    @property
    def address(self) -> Address | None:
        if not self.needs_parcel:
            return None
        data = self.cleaned_data
        return Address(data["contact_name"], data["contact_phone"], data["region"], data["detail"])
