"""What a family decides about sessions paid for ahead."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from marketplace.core.formatting import yuan_text

from .selectors import Refundable


class RefundForm(forms.Form):
    """How many unused sessions become money again; each number with its sum."""

    units = forms.TypedChoiceField(
        label=_("退几次"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择退几次。"), "invalid_choice": _("请选择退几次。")},
    )

    def __init__(self, *args: Any, part: Refundable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sums = dict(part.sums)
        field = self.fields["units"]
        field.choices = [  # type: ignore[attr-defined]
            (
                units,
                ngettext("%(count)d 次，退 %(sum)s", "%(count)d 次，退 %(sum)s", units)
                % {"count": units, "sum": yuan_text(fen)},
            )
            for units, fen in reversed(part.sums)
        ]

    @property
    def shown_fen(self) -> int:
        """The sum that stood beside the chosen number."""
        return self.sums[self.cleaned_data["units"]]
