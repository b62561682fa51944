"""What people on finance duty propose, and why."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from payments.books.enums import Resolution

#: What each resolution does, in a sentence for whoever chooses.
WHAT_IT_DOES = {
    Resolution.SETTLE_NOW: _("再问一次支付机构：对方说有，就按对方说的入账。"),
    Resolution.BOOK_EXTERNAL_REFUND: _("有人在支付机构后台退了款：在我们的账和订单上补记这笔退款。"),
    Resolution.ACCEPT_LOSS: _("我们的账改成和账单一样，差额记作平台的差错。"),
    Resolution.NOTHING_TO_DO: _("账不动，只留下说明。"),
}


def _note(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写一句说明，让另一位同事看得懂。")},
    )


class ProposalForm(forms.Form):
    """How to resolve a difference."""

    resolution = forms.TypedChoiceField(
        label=_("怎么处理"),
        coerce=Resolution,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一个处理办法。")},
    )
    note = _note(_("为什么这样处理"))

    def __init__(self, *args: Any, fitting: Sequence[Resolution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["resolution"].choices = [  # type: ignore[attr-defined]
            (each.value, WHAT_IT_DOES.get(each, each.label)) for each in fitting
        ]


class WhyForm(forms.Form):
    """A word why."""

    note = _note(_("说明"))
