"""What a family fills in before a time is kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from catalog.scheduling.enums import Mode
from catalog.scheduling.services.series import RHYTHMS
from marketplace.accounts.models import User
from marketplace.families.models import Child
from marketplace.families.selectors import booked_for_by


class ChooseForm(forms.Form):
    """For which child, and how."""

    child = forms.ModelChoiceField(
        queryset=Child.objects.none(),
        to_field_name="public_id",
        label=_("为谁预约"),
        error_messages={"required": _("请选择为哪个孩子预约。"), "invalid_choice": _("请选择为哪个孩子预约。")},
    )
    mode = forms.ChoiceField(
        label=_("方式"),
        error_messages={"required": _("请选择到店还是电话。"), "invalid_choice": _("这种方式暂时不能预约。")},
    )

    def __init__(self, *args: Any, user: User, modes: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["child"].queryset = booked_for_by(user)
        self.fields["mode"].choices = [(mode, Mode(mode).label) for mode in modes]


class _ChildrenField(forms.ModelMultipleChoiceField):
    """Children by the name their family gave them."""

    def label_from_instance(self, obj: Child) -> str:
        return obj.nickname


class SeriesForm(ChooseForm):
    """How often and how many times."""

    every = forms.TypedChoiceField(label=_("多久一次"), coerce=int)
    count = forms.TypedChoiceField(label=_("一共几次"), coerce=int)

    def __init__(self, *args: Any, limit: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["every"].choices = [
            (weeks, ngettext("每周一次", "每 {weeks} 周一次", weeks).format(weeks=weeks)) for weeks in RHYTHMS
        ]
        self.fields["count"].choices = [
            (count, ngettext("{count} 次", "{count} 次", count).format(count=count)) for count in range(2, limit + 1)
        ]


class TogetherForm(forms.Form):
    """Who comes together, and how."""

    children = _ChildrenField(
        queryset=Child.objects.none(),
        to_field_name="public_id",
        label=_("谁来"),
        error_messages={"required": _("请选择谁来。"), "invalid_choice": _("请选择谁来。")},
    )
    with_guardian = forms.BooleanField(required=False, label=_("我也一起来，也要一个名额"))
    mode = forms.ChoiceField(
        label=_("方式"),
        error_messages={"required": _("请选择一种方式。"), "invalid_choice": _("这种方式暂时不能预约。")},
    )

    def __init__(self, *args: Any, user: User, modes: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["children"].queryset = booked_for_by(user)
        self.fields["mode"].choices = [(mode, Mode(mode).label) for mode in modes]


class QuantityForm(forms.Form):
    """How many units of a line, or of a product that is added."""

    quantity = forms.IntegerField(min_value=1, max_value=99, required=False)


class CodeForm(forms.Form):
    """A voucher's code, as people type it."""

    code = forms.CharField(
        label=_("优惠码"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("请输入优惠码。")},
    )
