"""What a family fills in to wait for a time."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.scheduling.enums import Mode, Weekday
from catalog.scheduling.models import HealthcareService, Provider
from marketplace.accounts.models import User
from marketplace.families.models import Child
from marketplace.families.selectors import booked_for_by

from .enums import SPANS, PartOfDay
from .rules import MOST_CHILDREN, is_group
from .services.joining import Preference

_ANYBODY = ""


class _ChildrenField(forms.ModelMultipleChoiceField):
    """Children by the name their family gave them."""

    def label_from_instance(self, obj: Child) -> str:
        return obj.nickname


class JoinForm(forms.Form):
    """For whom, with whom, how and when it suits; what is left open suits."""

    children = _ChildrenField(
        queryset=Child.objects.none(),
        to_field_name="public_id",
        label=_("为谁候补"),
        help_text=_("选几个孩子，就几个一起约：都约上，或都不约。"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请选择为谁候补。")},
    )
    with_guardian = forms.BooleanField(label=_("我也一起来，也要一个名额"), required=False)
    provider = forms.ChoiceField(label=_("谁来"), required=False, widget=forms.RadioSelect)
    modes = forms.MultipleChoiceField(
        label=_("方式"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选一种方式。")},
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("哪几天方便"),
        help_text=_("不选，就是哪天都可以。"),
        coerce=int,
        choices=Weekday.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    part_of_day = forms.ChoiceField(
        label=_("什么时候方便"), choices=PartOfDay.choices, required=False, widget=forms.RadioSelect
    )
    from_on = forms.DateField(
        label=_("从哪天起"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    to_on = forms.DateField(
        label=_("到哪天为止"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, user: User, service: HealthcareService, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.service = service
        self.providers = {str(each.public_id): each for each in service.providers.filter(is_active=True)}
        children: Any = self.fields["children"]
        children.queryset = booked_for_by(user)
        self._choose_from()
        if not (is_group(service) and service.admits_guardian):
            del self.fields["with_guardian"]
        if len(self.providers) < 2:
            del self.fields["provider"]

    def _choose_from(self) -> None:
        fields: Any = self.fields
        fields["modes"].choices = [(mode, Mode(mode).label) for mode in self.service.modes]
        anybody = (_ANYBODY, _("不指定，谁有空都可以"))
        fields["provider"].choices = [anybody, *((key, each.name) for key, each in self.providers.items())]

    def clean_children(self) -> list[Child]:
        """At most as many as may wait together."""
        children = list(self.cleaned_data["children"])
        if len(children) > MOST_CHILDREN:
            raise forms.ValidationError(_("一次最多 %(most)s 个孩子一起约。") % {"most": MOST_CHILDREN})
        return children

    def chosen_provider(self) -> Provider | None:
        """Return who was asked for, if anybody."""
        return self.providers.get(self.cleaned_data.get("provider") or _ANYBODY)

    def preference(self) -> Preference:
        """Return what suits."""
        asked = self.cleaned_data
        from_time, to_time = SPANS[asked.get("part_of_day") or PartOfDay.ANY]
        weekdays = asked["weekdays"] if len(asked["weekdays"]) < len(Weekday) else []
        return Preference(asked["modes"], weekdays, from_time, to_time, asked["from_on"], asked["to_on"])
