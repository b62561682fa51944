"""Input of feedback."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .enums import Helped
from .models import WORDS_LENGTH


class FeedbackForm(forms.Form):
    """Stars, what helped, and words if one likes."""

    rating = forms.TypedChoiceField(
        label=_("这次见面，你给几颗星？"),
        coerce=int,
        choices=[
            (1, _("没有帮到")),
            (2, _("不太满意")),
            (3, _("还可以")),
            (4, _("满意")),
            (5, _("很有帮助")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选几颗星。")},
    )
    helped = forms.MultipleChoiceField(
        label=_("什么帮到了你"), choices=Helped.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(
        label=_("想说的话"),
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("好的、不好的都可以写。看过以后公开，不显示你是谁；请不要写名字、学校和电话。"),
    )
