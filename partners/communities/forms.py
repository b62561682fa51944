"""Input of a community's people, and of those who come."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from catalog.delivery.enums import Explained
from catalog.scheduling.enums import Language
from marketplace.core.money import fen_from_yuan, yuan_from_fen
from marketplace.core.needs import Need

from .enums import Audience, ResourceKind
from .models import Activity, Proposal
from .models.activities import MOST_SEATS_EACH
from .services import ActivityPlan, EditedLine, ProposalEdit
from .services.inviting import CampaignWords

#: Lines a person may add to a proposal at a time.
NEW_LINES = 2


def _moment_field(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, input_formats=["%Y-%m-%dT%H:%M"])


class PlanForm(forms.Form):
    """An activity's plan with what it needs."""

    title = forms.CharField(label=_("名称"), max_length=60)
    summary = forms.CharField(label=_("一句话介绍"), max_length=120)
    description = forms.CharField(label=_("做些什么"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    need = forms.ChoiceField(label=_("围绕什么"), choices=Need.choices)
    audience = forms.ChoiceField(label=_("适合谁"), choices=Audience.choices)
    district = forms.CharField(label=_("区县"), max_length=30)
    address = forms.CharField(label=_("地点"), max_length=160)
    starts_at = _moment_field(_("开始"))
    ends_at = _moment_field(_("结束"))
    capacity = forms.IntegerField(label=_("座位"), min_value=1, max_value=2000)

    def __init__(self, *args: Any, activity: Activity | None = None, district: str = "", **kwargs: Any) -> None:
        if activity is not None:
            kwargs["initial"] = _plan_of(activity)
        elif district:
            kwargs["initial"] = {"district": district}
        super().__init__(*args, **kwargs)
        for kind in ResourceKind:
            self.fields[f"quantity_{kind}"] = forms.IntegerField(
                label=kind.label, min_value=0, max_value=5000, required=False
            )
            self.fields[f"note_{kind}"] = forms.CharField(label=_("说明"), max_length=80, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begin, end = cleaned.get("starts_at"), cleaned.get("ends_at")
        if begin and end and end <= begin:
            self.add_error("ends_at", _("结束要在开始之后。"))
        return cleaned

    def main_fields(self) -> list[BoundField]:
        return [self[name] for name in type(self).base_fields]

    def resource_fields(self) -> list[tuple[BoundField, BoundField]]:
        return [(self[f"quantity_{kind}"], self[f"note_{kind}"]) for kind in ResourceKind]

    def plan(self) -> ActivityPlan:
        """What was written, for the service."""
        values = self.cleaned_data
        wanted = {
            kind: (values[f"quantity_{kind}"] or 0, values[f"note_{kind}"])
            for kind in ResourceKind
            if values[f"quantity_{kind}"]
        }
        return ActivityPlan(**{name: values[name] for name in type(self).base_fields}, resources=wanted)


def _plan_of(activity: Activity) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(activity, name) for name in PlanForm.base_fields}
    for resource in activity.resources.all():
        values[f"quantity_{resource.kind}"], values[f"note_{resource.kind}"] = resource.quantity, resource.note
    return values


class ProposalForm(forms.Form):
    """A proposal with a row for each line, and empty rows to add some; an emptied row goes."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    starts_at = _moment_field(_("开始"))
    ends_at = _moment_field(_("结束"))
    reach = forms.IntegerField(label=_("预计来多少人"), min_value=0, max_value=5000)

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        self.lines = list(proposal.lines.all())
        initial: dict[str, Any] = {
            "number": proposal.number,
            "starts_at": proposal.starts_at,
            "ends_at": proposal.ends_at,
            "reach": proposal.reach,
        }
        for line in self.lines:
            initial[f"what_{line.pk}"] = line.what
            initial[f"amount_{line.pk}"] = yuan_from_fen(line.amount_fen)
        super().__init__(*args, initial=initial, **kwargs)
        for key in self._keys():
            self.fields[f"what_{key}"] = forms.CharField(label=_("内容"), max_length=80, required=False)
            self.fields[f"amount_{key}"] = forms.DecimalField(
                label=_("金额（元）"), min_value=0, max_digits=9, decimal_places=2, required=False
            )

    def _keys(self) -> Iterator[str]:
        yield from (str(line.pk) for line in self.lines)
        yield from (f"new{number}" for number in range(NEW_LINES))

    def main_fields(self) -> list[BoundField]:
        return [self["starts_at"], self["ends_at"], self["reach"]]

    def line_fields(self) -> list[tuple[BoundField, BoundField]]:
        return [(self[f"what_{key}"], self[f"amount_{key}"]) for key in self._keys()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begin, end = cleaned.get("starts_at"), cleaned.get("ends_at")
        if begin and end and end <= begin:
            self.add_error("ends_at", _("结束要在开始之后。"))
        return cleaned

    def edit(self) -> ProposalEdit:
        """What was written, for the service."""
        values = self.cleaned_data
        lines = [
            EditedLine(
                values[f"what_{key}"],
                fen_from_yuan(values[f"amount_{key}"] or 0),
                int(key) if key.isdecimal() else None,
            )
            for key in self._keys()
            if values[f"what_{key}"]
        ]
        return ProposalEdit(values["number"], values["starts_at"], values["ends_at"], values["reach"], lines)


class SignUpForm(forms.Form):
    seats = forms.TypedChoiceField(
        label=_("几个人来"), coerce=int, choices=[(number, str(number)) for number in range(1, MOST_SEATS_EACH + 1)]
    )


class NumberForm(forms.Form):
    """The number somebody shows at the door."""

    number = forms.CharField(
        label=_("报名号"),
        min_length=6,
        max_length=6,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class AnswerForm(forms.Form):
    """What somebody who came thought; no words, so that nobody can be known by them."""

    helpful = forms.TypedChoiceField(
        label=_("对你有帮助吗"),
        coerce=int,
        choices=[
            (5, _("很有帮助")),
            (4, _("有些帮助")),
            (3, _("说不好")),
            (2, _("帮助不大")),
            (1, _("没有帮助")),
        ],
        widget=forms.RadioSelect,
    )
    would_come_again = forms.TypedChoiceField(
        label=_("以后还会来吗"),
        coerce=lambda value: value == "yes",
        choices=[("yes", _("会")), ("no", _("不会"))],
        widget=forms.RadioSelect,
    )


class FundForm(forms.Form):
    """Which fund of the community pays."""

    fund = forms.ChoiceField(label=_("活动资金"))

    def __init__(self, *args: Any, funds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fund"].choices = funds  # type: ignore[attr-defined]


class ChoiceForm(forms.Form):
    """What a community does not wish to be invited to."""

    wants_none = forms.BooleanField(label=_("不要再邀请我们"), required=False)
    unwanted_needs = forms.MultipleChoiceField(
        label=_("这些方向不用邀请"), choices=Need.choices, required=False, widget=forms.CheckboxSelectMultiple
    )


class CampaignForm(forms.Form):
    """An invitation to communities."""

    title = forms.CharField(label=_("标题"), max_length=60)
    text = forms.CharField(label=_("邀请的话"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
    need = forms.ChoiceField(label=_("围绕什么"), choices=Need.choices)
    district = forms.CharField(label=_("区县"), max_length=30, required=False, help_text=_("不填，邀请所有区县。"))

    def words(self) -> CampaignWords:
        return CampaignWords(**self.cleaned_data)


class OfferForm(forms.Form):
    """Whether the community brings parcels, and in which languages."""

    is_open = forms.BooleanField(label=_("接受送货上门"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("会说的话"), choices=Language.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("is_open") and not cleaned.get("languages"):
            self.add_error("languages", _("至少选一种。"))
        return cleaned


class PlanVisitForm(forms.Form):
    """Who goes."""

    worker = forms.ChoiceField(label=_("谁去"))

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].choices = people  # type: ignore[attr-defined]


class HandOverForm(forms.Form):
    """The list gone through at the door, and the family's code."""

    explained = forms.MultipleChoiceField(
        label=_("一项一项讲"), choices=Explained.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    code = forms.CharField(
        label=_("家人报的交接码"),
        min_length=6,
        max_length=6,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
