"""What applicants fill in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.fields import PhoneField
from marketplace.core.uploads.enums import ACCEPT_DOCUMENTS

from .credit_codes import is_valid, normal
from .enums import LICENCES, OF_PEOPLE, PaperKind
from .models import Application, Person
from .requirements import requirements_of

_DATE = {"type": "date"}


def _upload_field() -> forms.FileField:
    return forms.FileField(
        label=_("文件"),
        help_text=_("PDF、照片或 Word，不超过 10 MB。证件上的身份证号码请先遮住。"),
        widget=forms.FileInput(attrs={"accept": ACCEPT_DOCUMENTS}),
        error_messages={"required": _("请选择文件。"), "empty": _("这个文件是空的，请重新选择。")},
    )


class OrganisationForm(forms.ModelForm):
    """Who the organisation is."""

    class Meta:
        model = Application
        fields = ["name", "credit_code", "district", "address", "public_phone", "introduction"]
        widgets = {"introduction": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "name": _("和证照上的一样。"),
            "credit_code": _("18 位，在证照上。"),
            "public_phone": _("审核时我们会打这个电话确认。"),
            "introduction": _("家庭会看到。写做什么、为谁做；不写效果的保证。"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True
        self.fields["credit_code"].widget.attrs |= {"maxlength": 24, "autocapitalize": "characters"}
        self.fields["credit_code"].max_length = None
        self.fields["credit_code"].validators = []

    def clean_credit_code(self) -> str:
        code = normal(self.cleaned_data["credit_code"])
        if not is_valid(code):
            raise ValidationError(_("这个代码不对，请对照证照再看一遍。"))
        return code


class SignerForm(forms.ModelForm):
    """Who signs for it."""

    signer_phone = PhoneField(required=True)

    class Meta:
        model = Application
        fields = ["signer_name", "signer_position", "signer_phone", "is_legal_representative"]
        help_texts = {"is_legal_representative": _("不是的话，请在下一步上传盖章的授权书。")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signer_phone"].label = _("签署人手机号")
        for name in ("signer_name", "signer_position"):
            self.fields[name].required = True


class PaperForm(forms.Form):
    """One paper of the organisation; licences with what stands on them."""

    kind = forms.ChoiceField(label=_("是什么材料"))
    upload = _upload_field()
    number = forms.CharField(label=_("证照编号"), max_length=60, required=False)
    issued_by = forms.CharField(label=_("发证机关"), max_length=80, required=False)
    valid_from_on = forms.DateField(label=_("从哪天起有效"), required=False, widget=forms.DateInput(attrs=_DATE))
    valid_until_on = forms.DateField(
        label=_("有效到（长期的不填）"), required=False, widget=forms.DateInput(attrs=_DATE)
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed = requirements_of(kind)
        kinds = (*needed.licences, *needed.papers, PaperKind.OTHER)
        self.fields["kind"].choices = [(each.value, each.label) for each in kinds]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") in LICENCES:
            for name in ("number", "issued_by", "valid_from_on"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("证照要填这一项。"))
            start, end = cleaned.get("valid_from_on"), cleaned.get("valid_until_on")
            if start and end and end < start:
                self.add_error("valid_until_on", _("结束的日期不能早于开始的日期。"))
        return cleaned

    @property
    def licence(self) -> dict[str, Any]:
        """What stands on a licence."""
        return {n: self.cleaned_data[n] for n in ("number", "issued_by", "valid_from_on", "valid_until_on")}


class PersonForm(forms.ModelForm):
    """Somebody who gives care."""

    class Meta:
        model = Person
        fields = [
            "name",
            "title",
            "degree",
            "years_of_practice",
            "training_hours",
            "practice_hours",
            "registered_with",
            "registration_number",
            "supervision",
        ]
        help_texts = {"registered_with": _("没有注册的可以不填，在“督导”里写明原因。")}


class PersonPaperForm(forms.Form):
    """A paper of somebody who gives care."""

    kind = forms.ChoiceField(
        label=_("是什么材料"), choices=[(PaperKind(each).value, PaperKind(each).label) for each in OF_PEOPLE]
    )
    upload = _upload_field()


class SignForm(forms.Form):
    """A signature: the signer's name, under the text that was shown."""

    name = forms.CharField(
        label=_("签署人姓名"),
        max_length=40,
        error_messages={"required": _("请写下签署人的姓名。")},
        help_text=_("写下姓名，就是代表机构签署这个版本的协议。"),
    )
    digest = forms.CharField(widget=forms.HiddenInput)
    agree = forms.BooleanField(
        label=_("我已经读过协议和职责表，有权代表机构签署"),
        error_messages={"required": _("签署以前请先读协议，然后勾选。")},
    )


class AnswerForm(forms.Form):
    """An answer to a reviewer's question."""

    answer = forms.CharField(
        label=_("回答"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写下回答。")},
    )
