"""Signing up: how many come; for who has no account a name to call and an address, both as they like."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models.events import MOST_SEATS_EACH


class SignUpForm(forms.Form):
    """`person` is who is signed in, or None: then the name and the address are asked for, and neither is needed."""

    seats = forms.TypedChoiceField(
        label=_("几个人来"),
        coerce=int,
        choices=[(number, _("%(number)s 人") % {"number": number}) for number in range(1, MOST_SEATS_EACH + 1)],
        initial=1,
    )
    called = forms.CharField(
        label=_("怎么称呼您"), max_length=30, required=False, help_text=_("不用真名。签到时叫得出来就行。")
    )
    contact = forms.EmailField(
        label=_("邮箱"),
        max_length=120,
        required=False,
        help_text=_("只在活动有变化、或者候补有座位时写信给您；活动后三十天删掉。"),
    )
    waits = forms.BooleanField(label=_("没有座位就候补"), required=False, initial=True)

    def __init__(self, *args: Any, has_account: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_account:
            del self.fields["called"], self.fields["contact"]
