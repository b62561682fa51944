"""Input for something new on offer: what it needs to be there at all. The rest stands on its own page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.catalogue.enums import CategoryAxis, ProductKind
from catalog.catalogue.models import Category
from catalog.scheduling.enums import Mode
from catalog.scheduling.models import HealthcareService, Location, Provider

from .rules import Portal
from .selectors import services_of

YOUNGEST, OLDEST = 3, 18


class NewProductForm(forms.Form):
    """Words, price, for whom."""

    title = forms.CharField(label=_("名称"), max_length=60)
    summary = forms.CharField(label=_("一句话介绍"), max_length=160, required=False)
    price = forms.DecimalField(label=_("价格（元）"), min_value=0, max_value=100_000, max_digits=9, decimal_places=2)
    age_from = forms.IntegerField(label=_("适用年龄起"), min_value=YOUNGEST, max_value=OLDEST, initial=6)
    age_to = forms.IntegerField(label=_("适用年龄止"), min_value=YOUNGEST, max_value=OLDEST, initial=18)
    needs = forms.ModelMultipleChoiceField(
        label=_("困扰方向"),
        queryset=Category.objects.filter(axis=CategoryAxis.NEED),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, portal: Portal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"age_from", "age_to"} <= cleaned.keys() and cleaned["age_from"] > cleaned["age_to"]:
            self.add_error("age_to", _("要不小于开始的年龄。"))
        return cleaned


class NewServiceForm(NewProductForm):
    """A session or a group: who gives it, how, for how long."""

    providers = forms.ModelMultipleChoiceField(
        label=_("由谁提供"), queryset=Provider.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    modes = forms.MultipleChoiceField(label=_("方式"), choices=Mode.choices, widget=forms.CheckboxSelectMultiple)
    location = forms.ModelChoiceField(label=_("地点"), queryset=Location.objects.none(), required=False)
    duration_minutes = forms.IntegerField(label=_("时长（分钟）"), min_value=10, max_value=480, initial=50)

    def __init__(self, *args: Any, portal: Portal, **kwargs: Any) -> None:
        super().__init__(*args, portal=portal, **kwargs)
        self.fields["providers"].queryset = portal.providers()  # type: ignore[attr-defined]
        self.fields["location"].queryset = portal.partner.locations.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if Mode.IN_PERSON in cleaned.get("modes", []) and not cleaned.get("location"):
            self.add_error("location", _("可以到店的服务要写明地点。"))
        return cleaned


class NewPackageForm(NewProductForm):
    """Sessions paid ahead."""

    sessions = forms.IntegerField(label=_("次数"), min_value=1, max_value=50, initial=5)
    valid_days = forms.IntegerField(label=_("有效天数"), min_value=30, max_value=730, initial=180)
    services = forms.ModelMultipleChoiceField(
        label=_("可以用在"), queryset=HealthcareService.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, portal: Portal, **kwargs: Any) -> None:
        super().__init__(*args, portal=portal, **kwargs)
        self.fields["services"].queryset = services_of(portal)  # type: ignore[attr-defined]


#: What an organisation makes here itself; goods, courses and measures our people put up with it.
FORMS: dict[ProductKind, type[NewProductForm]] = {
    ProductKind.SESSION: NewServiceForm,
    ProductKind.GROUP: NewServiceForm,
    ProductKind.PACKAGE: NewPackageForm,
}
