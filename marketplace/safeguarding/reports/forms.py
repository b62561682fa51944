"""What somebody who worries fills in, and what the desk answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .enums import When, Worry

MOST_LETTERS = 5000
_OFF = {"autocomplete": "off"}


class ReportForm(forms.Form):
    """Whom somebody worries about, and why; who tells it only if they wish."""

    worry = forms.ChoiceField(
        label=_("你担心什么"),
        choices=Worry.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("选最像的一个就好。")},
    )
    how_soon = forms.ChoiceField(
        label=_("有多急"),
        choices=When.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("拿不准就选“我不知道”。")},
    )
    about = forms.CharField(
        label=_("TA 是谁，怎么找到 TA"),
        help_text=_("名字、学校、年级班级、在哪个城市、现在可能在哪里，知道多少写多少。"),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 3} | _OFF),
        error_messages={"required": _("写一点能找到 TA 的线索，哪怕只是城市和学校。")},
    )
    words = forms.CharField(
        label=_("你看到、听到了什么"),
        help_text=_("TA 说过的话、做过的事、什么时候。不用写全，写错也没关系。"),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 6} | _OFF),
        error_messages={"required": _("写一两句你为什么担心。")},
    )
    name = forms.CharField(
        label=_("你的称呼"),
        help_text=_("可以不写。"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs=_OFF),
    )
    contact = forms.CharField(
        label=_("怎么联系你"),
        help_text=_("电话、微信都可以，也可以不写：提交后会给你一个私密链接，凭它就能看到回复。"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=_OFF),
    )
    wishes_contact = forms.BooleanField(label=_("我愿意值守的人联系我，多问几句"), required=False)
    is_shown = forms.BooleanField(
        label=_("值守的人可以看到我的称呼和联系方式"),
        help_text=_("不勾选：他们只看到“一位朋友”。只有两位同事都认为人命关天、写下理由，才能打开。"),
        required=False,
    )


class WordsForm(forms.Form):
    """One text."""

    text = forms.CharField(
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 4} | _OFF),
        error_messages={"required": _("请写几句。")},
    )

    def __init__(self, *args: Any, label: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label
