"""What the one who asks chooses."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.families.selectors import guardians_of, young_profile_of
from payments.requests.enums import Shown
from payments.requests.models import MESSAGE_LENGTH
from payments.requests.rules import may_use_link
from payments.requests.services import Ask

_ALL, _LINK = "all", "link"
_SHOWN_AT_FIRST = [Shown.CATEGORY.value]


class ShownForm(forms.Form):
    """What a payer sees beyond the sum; each a tick."""

    shown = forms.MultipleChoiceField(
        label=_("让付款的人看到"),
        help_text=_("都不勾也可以付。付款公司的账单上只写“健康服务”，不会写是什么。"),
        choices=Shown.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    @property
    def ticked(self) -> list[Shown]:
        """What was ticked; only after is_valid()."""
        return [Shown(each) for each in self.cleaned_data["shown"]]


class AskForm(ShownForm):
    """Whom to ask, what they see, a few words."""

    to = forms.ChoiceField(
        label=_("请谁付"),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一位家长，或者只用链接。")},
    )
    message = forms.CharField(
        label=_("想说的话"),
        help_text=_("会写在付款页上，比如“谢谢，周六我自己去”。请不要写身份证号。"),
        max_length=MESSAGE_LENGTH,
        required=False,
    )

    field_order = ("to", "message", "shown")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        kwargs["initial"] = {"shown": _SHOWN_AT_FIRST} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        profile = young_profile_of(user)
        self._guardians = {str(row.public_id): row.guardian for row in guardians_of(profile)} if profile else {}
        self.has_link = profile is not None and may_use_link(profile)
        choices = [
            (key, _("{name}（在 App 里告诉 TA）").format(name=who.nickname)) for key, who in self._guardians.items()
        ]
        if len(choices) > 1:
            choices.append((_ALL, _("所有家长都告诉")))
        if self.has_link:
            choices.append((_LINK, _("不在 App 里说，我自己把链接发给 TA")))
        self.fields["to"].choices = choices  # type: ignore[attr-defined]
        if choices:
            self.initial.setdefault("to", choices[0][0])

    @property
    def can_reach_anybody(self) -> bool:
        """Whether there is anyone to ask, or a link to send."""
        return bool(self._guardians) or self.has_link

    @property
    def ask(self) -> Ask:
        """What was chosen; only after is_valid()."""
        data = self.cleaned_data
        return Ask(
            guardian=self._guardians.get(data["to"]),
            to_all=data["to"] == _ALL,
            shown=self.ticked,
            message=data["message"],
        )
