"""What a provider writes into a plan."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.plans.enums import CHOSEN_STEP_STATUSES, GoalStatus, StepStatus
from catalog.plans.models import ABOUT_LENGTH, GOAL_LENGTH, STEP_LENGTH, TITLE_LENGTH, CarePlan, PlanStep
from catalog.plans.selectors import bookable_services
from catalog.plans.services.parts import StepWords
from catalog.scheduling.models import HealthcareService, Provider


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options
    )


class WordsForm(forms.Form):
    """What the plan says as a whole."""

    title = forms.CharField(label=_("标题"), max_length=TITLE_LENGTH)
    about = forms.CharField(
        label=_("为什么有这份计划"),
        max_length=2 * ABOUT_LENGTH,  # the reasons of pathways are added to it
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("家庭看得到，请用平实的话。"),
    )
    review_on = _day(_("什么时候一起回看"))


class GoalForm(forms.Form):
    """A goal in the family's own words, and how it stands."""

    text = forms.CharField(
        label=_("目标"), max_length=GOAL_LENGTH, help_text=_("用孩子自己的话写，比如“课间能和同桌说几句话”。")
    )
    status = forms.ChoiceField(label=_("现在怎么样"), choices=GoalStatus.choices, initial=GoalStatus.ACTIVE)


class StepForm(forms.Form):
    """A step, how it stands, and the session it asks for."""

    text = forms.CharField(label=_("步骤"), max_length=STEP_LENGTH, widget=forms.Textarea(attrs={"rows": 3}))
    status = forms.ChoiceField(label=_("现在怎么样"), choices=())
    review_on = _day(_("什么时候看看"))
    service = forms.ModelChoiceField(
        label=_("要约的服务"),
        queryset=HealthcareService.objects.none(),
        required=False,
        empty_label=_("不用约"),
        help_text=_("选了以后，家庭在这一步可以直接约时间。"),
    )
    provider = forms.ModelChoiceField(
        label=_("和谁"), queryset=Provider.objects.none(), required=False, empty_label=_("谁有空都可以")
    )

    def __init__(self, *args: Any, plan: CarePlan, step: PlanStep | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_booked = step is not None and step.status == StepStatus.SCHEDULED
        statuses = (StepStatus.SCHEDULED,) if is_booked else CHOSEN_STEP_STATUSES
        self.fields["status"].choices = [(status.value, status.label) for status in statuses]  # type: ignore[attr-defined]
        self.fields["service"].queryset = bookable_services(plan.provider.partner)  # type: ignore[attr-defined]
        self.fields["provider"].queryset = Provider.objects.filter(partner=plan.provider.partner, is_active=True)  # type: ignore[attr-defined]

    def words(self) -> StepWords:
        """Return what was written, as the services take it."""
        cleaned = self.cleaned_data
        return StepWords(
            text=cleaned["text"],
            review_on=cleaned["review_on"],
            service=cleaned["service"],
            provider=cleaned["provider"] if cleaned["service"] else None,
        )


class EndForm(forms.Form):
    """How a plan ends, and what its writer would like to say."""

    reached = forms.ChoiceField(
        label=_("怎么结束"),
        choices=(("yes", _("计划做完了")), ("no", _("提前结束"))),
        widget=forms.RadioSelect,
    )
    closing = forms.CharField(
        label=_("想对家庭说的话"),
        max_length=ABOUT_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("一起走到这里，哪里好了，以后可以怎么办。"),
    )


class PathwayForm(forms.Form):
    """Which session the middle pathway begins with, and why now."""

    service = forms.ModelChoiceField(
        label=_("第一次见面用哪个服务"), queryset=HealthcareService.objects.none(), empty_label=_("请选择")
    )
    reason = forms.CharField(
        label=_("为什么现在开始"),
        max_length=ABOUT_LENGTH // 2,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("会写进计划，家庭看得到，请用平实的话。"),
    )

    def __init__(self, *args: Any, provider: Provider, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        services = bookable_services(provider.partner)
        self.fields["service"].queryset = services  # type: ignore[attr-defined]
        own = [service.pk for service in services.filter(providers=provider)[:2]]
        if len(own) == 1:
            self.fields["service"].initial = own[0]
