"""What members write."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .enums import UnmaskingReason
from .models import Post, Reply

_PLAIN = {"autocomplete": "off"}
_PICTURE = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})


class _Words(forms.Form):
    """Words and, if somebody likes, a picture. The file's own name is never looked at."""

    picture = forms.FileField(
        label=_("附一张图"),
        required=False,
        widget=_PICTURE,
        help_text=_("只要图里没有人脸、校服、名字和地点。我们会重新画一遍，去掉里面的时间和位置。"),
    )
    description = forms.CharField(
        label=_("图里有什么"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs=_PLAIN),
        help_text=_("一句话，给看不见图的人。"),
    )


class PostForm(_Words):
    """Something to say."""

    field_order = ("text", "picture", "description")

    text = forms.CharField(
        label=_("想说的话"),
        max_length=Post._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 10} | _PLAIN),
        error_messages={"required": _("还没有写字。写一句也可以。")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].help_text = _("不用写真名、学校、班级、电话和住址，也不要写别人的。")


class ReplyForm(_Words):
    """An answer."""

    field_order = ("text", "quotes", "picture", "description")

    text = forms.CharField(
        label=_("回应"),
        max_length=Reply._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 4} | _PLAIN),
        help_text=_("可以说“我听到了”，可以说说自己，不用给建议。"),
        error_messages={"required": _("还没有写字。写一句也可以。")},
    )
    quotes = forms.UUIDField(required=False, widget=forms.HiddenInput)


class UnmaskingForm(forms.Form):
    """Why somebody of ours has to know who wrote something."""

    reason = forms.ChoiceField(label=_("属于哪一种情况"), choices=UnmaskingReason.choices, widget=forms.RadioSelect)
    why = forms.CharField(
        label=_("为什么必须知道"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4} | _PLAIN),
        help_text=_("写清楚是什么事、为什么别的办法不行。会加密保存，第二位同事看了再决定。"),
    )
