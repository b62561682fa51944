"""What is written in a diary, and to whom a page is shown."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from ..confidants import Confidant
from ..models.diary import DIARY_LENGTH
from ..services.diary_sharing import DAYS


class PageForm(forms.Form):
    """A page and the day it is about."""

    text = forms.CharField(
        label=_("今天想记下什么"),
        max_length=DIARY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 10, "autocomplete": "off"}),
        error_messages={"required": _("这一页还没有字。"), "max_length": _("太长了，分成两页吧。写好的都还在。")},
    )
    about_on = forms.DateField(
        label=_("写的是哪一天"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ShareForm(forms.Form):
    """One person, and for how long."""

    with_user = forms.ChoiceField(label=_("给谁看"), widget=forms.RadioSelect)
    days = forms.TypedChoiceField(
        label=_("看多久"),
        coerce=int,
        widget=forms.RadioSelect,
        choices=[(days, ngettext_lazy("%(days)d 天", "%(days)d 天", "days") % {"days": days}) for days in sorted(DAYS)],
        initial=DAYS[0],
    )

    def __init__(self, *args: Any, people: Sequence[Confidant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        with_user = self.fields["with_user"]
        assert isinstance(with_user, forms.ChoiceField)
        with_user.choices = [(str(each.user.public_id), each.who) for each in people]
