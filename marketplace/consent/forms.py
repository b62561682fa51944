"""What a family writes when it agrees to show something."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .enums import DataItem, Purpose
from .registry import Grantee

#: How long a consent can last, in days, short ones first.
LENGTHS = ((7, _("一周")), (30, _("一个月")), (90, _("三个月")), (180, _("半年")), (365, _("一年")))


class GrantForm(forms.Form):
    """What, why and how long, for one grantee. Nothing is ticked beforehand."""

    items = forms.TypedMultipleChoiceField(
        label=_("给看什么"),
        coerce=DataItem,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选一项。")},
    )
    purpose = forms.TypedChoiceField(
        label=_("用来做什么"),
        coerce=Purpose,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一个用途。")},
    )
    days = forms.TypedChoiceField(
        label=_("给看多久"),
        help_text=_("到期自动关掉，也可以随时提前关掉。"),
        coerce=int,
        choices=LENGTHS,
        widget=forms.RadioSelect,
        initial=30,
    )

    def __init__(self, *args: Any, grantee: Grantee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].choices = [(item.value, item.label) for item in grantee.items]  # type: ignore[attr-defined]
        purposes = [(purpose.value, purpose.label) for purpose in grantee.purposes]
        self.fields["purpose"].choices = purposes  # type: ignore[attr-defined]
        if len(purposes) == 1:
            self.fields["purpose"].initial = purposes[0][0]

    @property
    def until(self) -> Any:
        """The moment at which the consent ends."""
        return timezone.now() + timedelta(days=self.cleaned_data["days"])
