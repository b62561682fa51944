"""What somebody sends, and what our editors answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.core.age_bands import AgeBand
from marketplace.core.needs import Need
from marketplace.families.models import Child

from ..models.submissions import ALIAS_LENGTH, TITLE_LENGTH, WORDS_LENGTH
from .enums import About, Attribution, Form, Licence, Refusal
from .services import Sent


class SendForm(forms.Form):
    """A work or a story. `children`: whose works this person may send; nobody's where only a story is theirs to tell."""

    about = forms.ChoiceField(label=_("这是什么"), choices=About.choices, widget=forms.RadioSelect)
    form = forms.ChoiceField(
        label=_("形式"), choices=Form.choices, widget=forms.RadioSelect, initial=Form.TEXT, required=False
    )
    child = forms.ModelChoiceField(
        label=_("谁的作品"), queryset=Child.objects.none(), to_field_name="public_id", empty_label=None, required=False
    )
    title = forms.CharField(label=_("标题"), max_length=TITLE_LENGTH)
    words = forms.CharField(
        label=_("内容"),
        max_length=WORDS_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "autocomplete": "off"}),
        help_text=_("不要写真名、学校、班级、电话和网址。图画和录音，写写里面有什么，给看不见、听不见的人。"),
    )
    upload = forms.FileField(
        label=_("图画或录音"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,audio/mpeg,audio/wav"}),
        help_text=_("图画用 JPG 或 PNG，录音用 MP3 或 WAV，不超过 5 MB。照片里不要有人脸。"),
    )
    need = forms.ChoiceField(label=_("关于什么"), choices=Need.choices)
    age_band = forms.ChoiceField(label=_("写给谁看"), choices=AgeBand.choices)
    attribution = forms.ChoiceField(
        label=_("署名"), choices=Attribution.choices, widget=forms.RadioSelect, initial=Attribution.NONE, required=False
    )
    alias = forms.CharField(label=_("化名"), max_length=ALIAS_LENGTH, required=False, help_text=_("不要用真名或网名。"))
    licence = forms.ChoiceField(
        label=_("授权"), choices=Licence.choices, widget=forms.RadioSelect, initial=Licence.HERE, required=False
    )
    agrees = forms.BooleanField(
        label=_("这是我（或我的孩子）自己写、画、录的，愿意这样公开；随时可以撤回。"),
        error_messages={"required": _("同意以后才能寄出。不同意就先留着，没关系。")},
    )

    def __init__(self, *args: Any, children: list[Child], is_parent: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_parent = is_parent
        self.fields["child"].queryset = Child.objects.filter(pk__in=[child.pk for child in children])
        if not is_parent:
            del self.fields["child"]
        if not children:
            self.fields["about"].choices = [(About.STORY.value, About.STORY.label)]
        self.only_child = children[0] if children else None

    def clean(self) -> dict[str, Any]:
        """An alias where one was chosen; a parent's story is their own, a work is some child's."""
        cleaned = super().clean() or {}
        if cleaned.get("attribution") == Attribution.ALIAS and not cleaned.get("alias"):
            self.add_error("alias", _("写一个化名，或者改成不署名。"))
        return cleaned

    @property
    def author(self) -> Child | None:
        """The young person whose it is; None for a parent's own story."""
        if not self.is_parent:
            return self.only_child
        is_work = self.cleaned_data["about"] == About.WORK
        return (self.cleaned_data.get("child") or self.only_child) if is_work else None

    @property
    def sent(self) -> Sent:
        """What is to be sent."""
        data = self.cleaned_data
        return Sent(
            about=About(data["about"]),
            form=Form(data["form"] or Form.TEXT),
            title=data["title"],
            words=data["words"],
            need=data["need"],
            age_band=data["age_band"],
            attribution=Attribution(data["attribution"] or Attribution.NONE),
            alias=data["alias"],
            licence=Licence(data["licence"] or Licence.HERE),
            upload=data["upload"],
        )


class AcceptForm(forms.Form):
    """What an editor has looked for before something goes on."""

    nobody = forms.BooleanField(label=_("里面认不出任何人：没有名字、学校、班级、脸和特别的细节"))
    no_harm = forms.BooleanField(label=_("没有写伤害的方法、地点，读的人不会因此更难受"))


class DeclineForm(forms.Form):
    """Why not; the sender reads a kind sentence for it."""

    refusal = forms.ChoiceField(label=_("原因"), choices=Refusal.choices)
