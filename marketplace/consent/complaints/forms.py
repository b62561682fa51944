"""What people and our staff write about a complaint."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.consent.enums import DataItem

from .enums import Cause, Side, Topic

MOST_LETTERS = 5000


class WordsForm(forms.Form):
    """One text that may not be empty."""

    text = forms.CharField(
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        error_messages={"required": _("请写几句。")},
    )

    def __init__(self, *args: Any, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label


class ComplaintForm(forms.Form):
    """What happened; who and how to reach them only if they wish."""

    topic = forms.ChoiceField(
        label=_("是哪一类问题"),
        choices=Topic.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一类，拿不准就选“其他”。")},
    )
    what_happened = forms.CharField(
        label=_("发生了什么"),
        help_text=_("什么时候、在哪个页面、看到了什么。记得多少写多少，不用写全。"),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 7, "autocomplete": "off"}),
        error_messages={"required": _("请写几句发生了什么。")},
    )
    items = forms.MultipleChoiceField(
        label=_("关于哪些信息"), choices=DataItem.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    contact = forms.CharField(
        label=_("怎么联系您"),
        help_text=_("电话或邮箱都可以。不写也会处理，用编号和查询码就能看到进展。"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class FollowForm(forms.Form):
    """A number and its code."""

    number = forms.CharField(
        label=_("编号"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("请填编号。")},
    )
    code = forms.CharField(
        label=_("查询码"),
        help_text=_("提交投诉时给您的 16 位字母和数字，横线和空格可以不写。"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("请填查询码。")},
    )


class CodeForm(FollowForm):
    """The code alone, where the address names the complaint."""

    number = None


class AnswerForm(forms.Form):
    """The answer, with its reasons, the cause, and who has to answer for it."""

    text = forms.CharField(
        label=_("写给对方的话"),
        help_text=_("查到了什么、怎么判断的、做了什么、以后怎么避免。对方会逐字看到。"),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
        error_messages={"required": _("请写答复。")},
    )
    cause = forms.ChoiceField(label=_("原因"), choices=[("", _("请选择")), *Cause.choices])
    side = forms.ChoiceField(
        label=_("责任方"),
        help_text=_("技术方：软件、系统、算法。服务方：机构、咨询师、平台的工作人员。"),
        choices=[("", _("请选择")), *Side.choices],
    )
