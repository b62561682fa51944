"""What young people and our staff write in the council."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.core.formatting import SHANGHAI, in_shanghai

from .enums import REVIEWED
from .models import Question
from .rules import FEWEST_OPTIONS, MOST_OPTIONS

#: Votes begin and end in the light of day.
_OPENS, _CLOSES = time(8), time(20)
_PLAIN = {"autocomplete": "off"}


class ProposalForm(forms.Form):
    """A question somebody would like to see asked."""

    text = forms.CharField(
        label=_("你想问大家什么"),
        help_text=_("一两句话就行。不用写名字，也不要写别人的名字。"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 4} | _PLAIN),
        error_messages={"required": _("请写几句。")},
    )


class QuestionForm(forms.Form):
    """A question in plain words, its options, and the days of the vote."""

    title = forms.CharField(
        label=_("问题"),
        help_text=_("13 岁能看懂的一句话。"),
        max_length=80,
        widget=forms.TextInput(attrs=_PLAIN),
        error_messages={"required": _("请写问题。")},
    )
    why = forms.CharField(
        label=_("为什么问"),
        help_text=_("投票会影响什么，不会影响什么。"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4} | _PLAIN),
        error_messages={"required": _("请写为什么问。")},
    )
    opens_on = forms.DateField(
        label=_("从哪天开始投"),
        help_text=_("那天 8:00 开始。"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("请选日期。")},
    )
    closes_on = forms.DateField(
        label=_("投到哪天"),
        help_text=_("那天 20:00 结束，至少留 3 天。"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("请选日期。")},
    )

    def __init__(self, *args: Any, question: Question | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(question) if question else None, **kwargs)
        for number in range(1, MOST_OPTIONS + 1):
            self.fields[f"option_{number}"] = forms.CharField(
                label=_("选项 %(number)s") % {"number": number},
                max_length=60,
                required=number <= FEWEST_OPTIONS,
                widget=forms.TextInput(attrs=_PLAIN),
                error_messages={"required": _("至少要有两个选项。")},
            )

    @property
    def options(self) -> list[Any]:
        """The bound fields of the options, in order."""
        return [self[f"option_{number}"] for number in range(1, MOST_OPTIONS + 1)]

    def words(self) -> dict[str, Any]:
        """Return what the services take."""
        cleaned = self.cleaned_data
        return {
            "title": cleaned["title"],
            "why": cleaned["why"],
            "options": [cleaned[bound.name] for bound in self.options],
            "opens_at": datetime.combine(cleaned["opens_on"], _OPENS, tzinfo=SHANGHAI),
            "closes_at": datetime.combine(cleaned["closes_on"], _CLOSES, tzinfo=SHANGHAI),
        }


def _initial(question: Question) -> dict[str, Any]:
    options = {f"option_{option.position}": option.text for option in question.options.all()}
    return options | {
        "title": question.title,
        "why": question.why,
        "opens_on": in_shanghai(question.opens_at).date(),
        "closes_on": in_shanghai(question.closes_at).date(),
    }


class AnswerForm(forms.Form):
    """What came of a vote."""

    answer = forms.CharField(
        label=_("你们说了，我们做了"),
        help_text=_("我们决定什么、改了什么；不改的话，为什么。所有人都会看到，一发出就不能改。"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 8} | _PLAIN),
        error_messages={"required": _("请写答复。")},
    )


class ReviewForm(forms.Form):
    """What becomes of a proposal, and the words for whoever made it."""

    status = forms.ChoiceField(
        label=_("结果"),
        choices=[(status.value, status.label) for status in REVIEWED],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一个结果。")},
    )
    answer = forms.CharField(
        label=_("写给提议的人"),
        help_text=_("会逐字看到。谢谢 TA，说说接下来怎么做，或者为什么这次不问。"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5} | _PLAIN),
        error_messages={"required": _("请写回复。")},
    )
