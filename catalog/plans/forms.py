"""What a family sends: the time it takes for a step."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext_lazy as _

from catalog.scheduling.enums import Mode


class BookForm(forms.Form):
    """A start, as ISO 8601 with its offset, and how the session is to be held."""

    slot = forms.CharField(error_messages={"required": _("请先选择一个时间。")})
    mode = forms.ChoiceField(
        label=_("方式"),
        error_messages={"required": _("请选择一种方式。"), "invalid_choice": _("这种方式现在不能选。")},
    )

    def __init__(self, *args: Any, modes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mode"].choices = [(mode, Mode(mode).label) for mode in modes]
        if len(modes) == 1:
            self.fields["mode"].initial = modes[0]

    def clean_slot(self) -> datetime:
        """Return the start. A text that is none is refused."""
        try:
            starts_at = parse_datetime(self.cleaned_data["slot"].replace(" ", "+"))
        except ValueError:
            starts_at = None
        if starts_at is None or not is_aware(starts_at):
            raise forms.ValidationError(_("请先选择一个时间。"))
        return starts_at
