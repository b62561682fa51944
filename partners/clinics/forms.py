"""Input of the portal."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.catalogue.enums import SaleState
from catalog.scheduling.enums import Mode, Weekday
from catalog.scheduling.models import HealthcareService, Location, Provider
from marketplace.consent.forms import GrantForm

from .policy_form import PolicyForm
from .rules import Portal
from .selectors import services_of
from .span_form import CLOCK, SpanForm


class ProductForm(forms.Form):
    """What every product of a partner has: words, price, whether it is on sale."""

    title = forms.CharField(label=_("名称"), max_length=60)
    summary = forms.CharField(label=_("一句话介绍"), max_length=160, required=False)
    description = forms.CharField(label=_("详细介绍"), widget=forms.Textarea(attrs={"rows": 5}), required=False)
    price = forms.DecimalField(label=_("价格（元）"), min_value=0, max_value=100_000, max_digits=9, decimal_places=2)
    sale_state = forms.ChoiceField(label=_("销售状态"), choices=SaleState.choices)


class ServiceForm(PolicyForm, ProductForm):
    """A session product: also who gives it, how long, how, and under which windows."""

    providers = forms.ModelMultipleChoiceField(
        label=_("由谁提供"), queryset=Provider.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    modes = forms.MultipleChoiceField(label=_("方式"), choices=Mode.choices, widget=forms.CheckboxSelectMultiple)
    location = forms.ModelChoiceField(label=_("地点"), queryset=Location.objects.none(), required=False)
    duration_minutes = forms.IntegerField(label=_("时长（分钟）"), min_value=10, max_value=480)
    buffer_before_minutes = forms.IntegerField(
        label=_("之前的准备（分钟）"), min_value=0, max_value=120, required=False
    )
    buffer_minutes = forms.IntegerField(label=_("之后的间隔（分钟）"), min_value=0, max_value=120)
    minimum_notice_minutes = forms.IntegerField(label=_("最少提前（分钟）"), min_value=0, max_value=20_160)
    parent_pay_hours = forms.IntegerField(label=_("等家长付款的时间（小时）"), min_value=1, max_value=72)
    needs_room = forms.BooleanField(label=_("到店时要占一个房间"), required=False)
    needs_confirmation = forms.BooleanField(label=_("付款后由我们确认，再算约好"), required=False)
    answer_hours = forms.IntegerField(
        label=_("多久内确认（小时）"), min_value=1, max_value=72, initial=24, required=False
    )
    series_limit = forms.IntegerField(label=_("一次最多约几场"), min_value=1, max_value=20, initial=1, required=False)
    admits_guardian = forms.BooleanField(label=_("家长可以一起来，也占一个名额"), required=False)

    #: What counts where a number was left out.
    LEFT_OUT = {"buffer_before_minutes": 0, "answer_hours": 24, "series_limit": 1}

    def __init__(self, *args: Any, portal: Portal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["providers"].queryset = portal.providers()  # type: ignore[attr-defined]
        self.fields["location"].queryset = portal.partner.locations.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if Mode.IN_PERSON in cleaned.get("modes", []) and not cleaned.get("location"):
            self.add_error("location", _("可以到店的服务要写明地点。"))
        for name, number in self.LEFT_OUT.items():
            if cleaned.get(name) is None and name not in self.errors:
                cleaned[name] = number
        return cleaned


class PackageForm(ProductForm):
    """Sessions paid ahead: how many, for how long, and which services they are good for. What was sold stays as it was."""

    sessions = forms.IntegerField(label=_("次数"), min_value=1, max_value=50)
    valid_days = forms.IntegerField(label=_("有效天数"), min_value=30, max_value=730)
    services = forms.ModelMultipleChoiceField(
        label=_("可以用在"), queryset=HealthcareService.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, portal: Portal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["services"].queryset = services_of(portal)  # type: ignore[attr-defined]


class PlacedForm(forms.Form):
    """Time that may belong to one of the partner's locations; ids carry the form's name, several stand on one page."""

    location = forms.ModelChoiceField(
        label=_("地点"), queryset=Location.objects.none(), required=False, empty_label=_("都可以")
    )

    def __init__(self, *args: Any, portal: Portal, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{type(self).__name__.lower()}_%s", **kwargs)
        self.fields["location"].queryset = portal.partner.locations.order_by("name", "pk")  # type: ignore[attr-defined]
        self.order_fields([name for name in self.fields if name not in ("location", "reason")] + ["location", "reason"])


class HoursForm(PlacedForm):
    """A stretch of weekly working hours."""

    weekday = forms.TypedChoiceField(label=_("星期"), choices=Weekday.choices, coerce=int)
    from_time = forms.TimeField(label=_("从"), widget=forms.TimeInput(attrs=CLOCK))
    to_time = forms.TimeField(label=_("到"), widget=forms.TimeInput(attrs=CLOCK))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("from_time") and cleaned.get("to_time") and cleaned["to_time"] <= cleaned["from_time"]:
            self.add_error("to_time", _("结束要晚于开始。"))
        return cleaned


class ExceptionForm(SpanForm, PlacedForm):
    """A closed stretch of a day, or one opened beyond the weekly hours; local times."""

    is_open = forms.TypedChoiceField(
        label=_("这段时间"),
        choices=[("", _("休息，不接受预约")), ("1", _("加开，接受预约"))],
        coerce=bool,
        empty_value=False,
        required=False,
    )
    reason = forms.CharField(label=_("说明（只有机构看得到）"), max_length=60, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        # a time refused already is no longer among what is clean
        if {"to_time", "ends_at"} <= cleaned.keys() and cleaned["ends_at"] < timezone.now():
            self.add_error("on", _("这段时间已经过去了。"))
        return cleaned


class ShippedForm(forms.Form):
    """That a parcel left. Several stand on one page: ids carry the parcel's number."""

    carrier = forms.CharField(label=_("快递公司"), max_length=30, error_messages={"required": _("请填写快递公司。")})
    tracking_number = forms.CharField(
        label=_("运单号"), max_length=40, error_messages={"required": _("请填写运单号。")}
    )

    def __init__(self, *args: Any, shipment_pk: int, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"id_%s_{shipment_pk}", **kwargs)
        self.shipment_pk = shipment_pk


class ApproveReturnForm(forms.Form):
    """Where a parcel comes back to."""

    send_to = forms.CharField(
        label=_("寄到（地址、收件人、电话）"), max_length=200, error_messages={"required": _("请写明寄到哪里。")}
    )


class RefuseReturnForm(forms.Form):
    """Why not; the family reads it."""

    refusal = forms.CharField(
        label=_("没有通过的原因（家长会看到）"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("请写明没有通过的原因。")},
    )


class ReceiveReturnForm(forms.Form):
    """Whether what arrived can be sold again."""

    is_sellable = forms.BooleanField(label=_("完好，可以重新上架"), required=False)


class AskForm(GrantForm):
    """What the organisation asks a family to show it, and for how long."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].label = _("想看什么")
        self.fields["items"].help_text = _("只问这次服务需要的。")
        self.fields["days"].label = _("看多久")
        self.fields["days"].help_text = ""
