"""The one page between basket and payment."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.basket.selectors import Wish
from catalog.credits.models import CreditGrant
from catalog.order.errors import CreditGone
from catalog.order.services import Address
from marketplace.accounts.fields import PhoneField
from marketplace.accounts.models import User
from marketplace.families.models import Child
from marketplace.families.rules import has_others_pay
from marketplace.families.selectors import children_of, young_profile_of
from payments.minors import self_pay_left_fen


class CheckoutForm(forms.Form):
    """Whom to reach, for whom each thing is, which package pays for a session, and where a parcel goes."""

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

    def __init__(
        self,
        *args: Any,
        user: User,
        wishes: Sequence[Wish],
        grants: Mapping[int, Sequence[CreditGrant]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.needs_parcel = any(wish.needs_parcel for wish in wishes)
        if not self.needs_parcel:
            del self.fields["region"], self.fields["detail"]
        children = children_of(user)
        without_time = [wish.line.pk for wish in wishes if wish.line.booking is None]
        # A young person buys for themselves; whom a grown-up buys for, they say.
        self._own = {line_id: young_profile_of(user) for line_id in without_time} if has_others_pay(user) else {}
        self._child_fields = {line_id: f"child_{line_id}" for line_id in without_time if line_id not in self._own}
        for name in self._child_fields.values():
            self.fields[name] = forms.ModelChoiceField(
                queryset=children, to_field_name="public_id", required=False, label=_("给谁用"), empty_label=_("全家")
            )

        self._credit_fields = {line_id: f"credit_{line_id}" for line_id, held in (grants or {}).items() if held}
        for line_id, name in self._credit_fields.items():
            held = [(str(grant.public_id), "") for grant in (grants or {})[line_id]]
            self.fields[name] = forms.ChoiceField(
                choices=[("", ""), *held],
                required=False,
                widget=forms.HiddenInput,
                error_messages={"invalid_choice": CreditGone.sentence},
            )

    @property
    def credit_fields(self) -> dict[int, forms.BoundField]:
        """The hidden field that names the package of each session that one may pay for, by the line's number."""
        return {line_id: self[name] for line_id, name in self._credit_fields.items()}

    @property
    def credits_by_line(self) -> dict[int, UUID]:
        """Which grant pays for which line."""
        chosen = {line_id: self.cleaned_data.get(name) for line_id, name in self._credit_fields.items()}
        return {line_id: UUID(grant) for line_id, grant in chosen.items() if grant}

    @property
    def line_fields(self) -> dict[int, forms.BoundField]:
        """The field "for whom" of each line, by the line's number."""
        return {line_id: self[name] for line_id, name in self._child_fields.items()}

    @property
    def children_by_line(self) -> dict[int, Child | None]:
        chosen = {line_id: self.cleaned_data.get(name) for line_id, name in self._child_fields.items()}
        return self._own | chosen

    @property
    def address(self) -> Address | None:
        if not self.needs_parcel:
            return None
        data = self.cleaned_data
        return Address(data["contact_name"], data["contact_phone"], data["region"], data["detail"])


class WhoPaysForm(forms.Form):
    """A young person's choice: a parent pays, or they themselves as far as their cap goes."""

    PARENT, SELF = "parent", "self"

    who = forms.ChoiceField(label=_("谁来付"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, user: User, total_fen: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left_fen = self_pay_left_fen(user)
        self.may_pay_alone = self.left_fen is None or total_fen <= self.left_fen
        choices = [(self.PARENT, _("请家长付"))]
        if self.may_pay_alone:
            choices.append((self.SELF, _("自己付")))
        self.fields["who"].choices = choices  # type: ignore[attr-defined]
        self.initial.setdefault("who", self.PARENT)

    @property
    def is_parent(self) -> bool:
        """Whether a parent is asked; only after is_valid()."""
        return bool(self.cleaned_data["who"] == self.PARENT)
