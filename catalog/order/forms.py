"""What is written about an order: a family's question, and what is given back of it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.core.formatting import yuan_text
from marketplace.core.money import fen_from_yuan

from .models import Line
from .selectors import claimed_fen


class QuestionForm(forms.Form):
    """A question to our staff."""

    body = forms.CharField(
        label=_("想问什么"),
        help_text=_("平台工作人员会看到并回复。急事请打 12356 或 120。"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写下你的问题。")},
    )


class GiveBackForm(forms.Form):
    """How much of which line goes back, and why. Each line comes in the words its reader may see."""

    line = forms.ChoiceField(label=_("哪一项"), widget=forms.RadioSelect)
    amount = forms.DecimalField(label=_("退多少元"), min_value=Decimal("0.01"), max_digits=9, decimal_places=2)
    note = forms.CharField(label=_("为什么退（家长看不到）"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, lines: Iterable[tuple[Line, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = list(lines)
        self._lines = {str(line.pk): line for line, _words in named}
        self.fields["line"].choices = [(str(line.pk), words) for line, words in named]  # type: ignore[attr-defined]

    @property
    def chosen_line(self) -> Line:
        """Which line; only after is_valid()."""
        return self._lines[self.cleaned_data["line"]]

    @property
    def amount_fen(self) -> int:
        """The sum in fen; only after is_valid()."""
        return fen_from_yuan(self.cleaned_data["amount"])


def numbered(lines: Iterable[Line]) -> list[tuple[Line, str]]:
    """The lines of an order for readers who may not see what was bought: by number, with their sums."""
    words = gettext("第 {number} 项，付了 {paid}，还可以退 {left}")
    return [
        (
            line,
            words.format(
                number=number, paid=yuan_text(line.price_fen), left=yuan_text(line.price_fen - claimed_fen(line))
            ),
        )
        for number, line in enumerate(lines, start=1)
    ]
