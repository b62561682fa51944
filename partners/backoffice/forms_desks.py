"""Input of the people desk and of the desk for what is sold."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.catalogue.enums import CategoryAxis, SaleState
from catalog.catalogue.models import Category
from marketplace.accounts.enums import ChangeReason, Duty


class PeopleSearch(forms.Form):
    """Which colleagues are shown."""

    q = forms.CharField(label=_("名字、邮箱或手机号后四位"), max_length=60, required=False)
    duty = forms.ChoiceField(label=_("职责"), choices=[("", _("全部")), *Duty.choices], required=False)


class ChangeForm(forms.Form):
    """What a colleague is to do from now on, and why."""

    duties = forms.MultipleChoiceField(
        label=_("以后的职责"), choices=Duty.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    leaves = forms.BooleanField(
        label=_("离职：关闭账号，马上退出所有设备"), required=False, help_text=_("勾选以后，上面的职责都会收回。")
    )
    reason = forms.TypedChoiceField(
        label=_("原因"), coerce=ChangeReason, choices=[("", _("请选择")), *ChangeReason.choices]
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (cleaned.get("reason") == ChangeReason.LEAVES) != bool(cleaned.get("leaves")) and "reason" in cleaned:
            self.add_error("leaves", _("离职要同时勾选这里，并把原因选成离职。"))
        return cleaned


class ProductSearch(forms.Form):
    """Which products are shown."""

    q = forms.CharField(label=_("名称"), max_length=60, required=False)
    state = forms.ChoiceField(label=_("销售状态"), choices=[("", _("全部")), *SaleState.choices], required=False)


class ShelfForm(forms.Form):
    """Whether a product is sold, and where it is found."""

    sale_state = forms.TypedChoiceField(
        label=_("销售状态"), coerce=SaleState, choices=SaleState.choices, widget=forms.RadioSelect
    )
    needs = forms.ModelMultipleChoiceField(
        label=_("困扰方向"), queryset=Category.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    categories = forms.ModelMultipleChoiceField(
        label=_("服务类型"), queryset=Category.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        trees = {"needs": CategoryAxis.NEED, "categories": CategoryAxis.KIND}
        for name, axis in trees.items():
            self.fields[name].queryset = Category.objects.filter(axis=axis).order_by("path")  # type: ignore[attr-defined]
