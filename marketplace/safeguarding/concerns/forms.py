"""What our people on duty write about a concern."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.safeguarding.enums import Level

from . import drills
from .enums import Outcome, Training
from .models import Concern
from .rules import told_choices
from .selectors import keepers, keepers_on_duty

MOST_LETTERS = 5000


def _words(label: Any, *, rows: int = 4, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": rows, "autocomplete": "off"}),
        error_messages={"required": _("请写几句。")},
    )


class NoteForm(forms.Form):
    """A note."""

    text = _words(_("处置记录"), help_text=_("写事实和判断的理由，接着看的人靠它。"))


class HandOverForm(forms.Form):
    """A note for whoever takes over, and who that is."""

    to = forms.ModelChoiceField(
        label=_("交给谁"), queryset=User.objects.none(), required=False, empty_label=_("放回队列，谁先看到谁接")
    )
    text = _words(_("交接记录"), help_text=_("做到哪一步了，接下来最要紧的是什么，谁在等电话。"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = keepers_on_duty(timezone.now()).exclude(pk=user.pk)


class ToldForm(forms.Form):
    """Whom the desk spoke to."""

    told = forms.ChoiceField(label=_("和谁说了"))
    text = _words(_("说了什么，约好了什么"), rows=3)

    def __init__(self, *args: Any, concern: Concern, done: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["told"].choices = [("", _("请选择")), *told_choices(concern, done)]


class CloseForm(forms.Form):
    """What it turned out to be, and why it ends."""

    outcome = forms.ChoiceField(label=_("结果"))
    reason = _words(_("为什么可以结束"), rows=3, help_text=_("判断的依据，后续由谁跟进。"))

    def __init__(self, *args: Any, concern: Concern, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcomes = [Outcome.PRACTISED] if concern.is_drill else [each for each in Outcome if each != Outcome.PRACTISED]
        self.fields["outcome"].choices = [("", _("请选择")), *((each.value, each.label) for each in outcomes)]


class ReopenForm(forms.Form):
    """Why it is opened again."""

    reason = _words(_("为什么重新打开"), rows=3)


class UnsealForm(forms.Form):
    """Why somebody has to be known."""

    reason = forms.CharField(
        label=_("为什么必须知道是谁"),
        help_text=_("至少 10 个字。另一位同事看了理由再决定；打开 72 小时，每次查看都有记录。"),
        min_length=10,
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )


class UrgencyForm(forms.Form):
    """How urgent it is after a person has looked."""

    level = forms.TypedChoiceField(
        label=_("紧急程度"),
        coerce=int,
        choices=[(level.value, level.label) for level in (Level.URGENT, Level.CONCERN, Level.DISTRESS)],
    )


class DrillForm(forms.Form):
    """What to practise."""

    scenario = forms.ChoiceField(
        label=_("练哪一种"), choices=[(key, found.title) for key, found in drills.SCENARIOS.items()]
    )


class TrainingForm(forms.Form):
    """What somebody learned, and when."""

    user = forms.ModelChoiceField(label=_("谁"), queryset=User.objects.none(), empty_label=_("请选择"))
    training = forms.ChoiceField(label=_("培训"), choices=Training.choices)
    done_on = forms.DateField(label=_("哪天完成"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = keepers()

    def clean_done_on(self) -> Any:
        """Nobody has learned something tomorrow, or so long ago that it counts no more."""
        day, today = self.cleaned_data["done_on"], timezone.localdate()
        if not today - timedelta(days=365) <= day <= today:
            raise forms.ValidationError(_("请填最近一年里的一天。"))
        return day
