"""What people and our staff write."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .enums import Fact


class CorrectionForm(forms.Form):
    """What is wrong, and what should stand instead."""

    fact = forms.ChoiceField(label=_("哪一项不对"), choices=Fact)
    proposal = forms.CharField(
        label=_("应该是什么"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("出生日期请这样写：2012-05-20。只写需要更正的内容就好。"),
    )


class ErasureForm(forms.Form):
    """A deliberate yes: the box is never ticked beforehand."""

    understood = forms.BooleanField(label=_("我看过了哪些会删除、哪些依法保留"))


class AnswerForm(forms.Form):
    """Our staff's answer, always with reasons."""

    decision = forms.ChoiceField(
        label=_("决定"),
        choices=[("accept", _("同意更正")), ("decline", _("不能更正"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("理由"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("对方会看到这段话。除出生日期以外，请先在原处改好再回复。"),
    )


class NumberForm(forms.Form):
    """A certificate's number."""

    number = forms.CharField(label=_("证明编号"), max_length=24)
