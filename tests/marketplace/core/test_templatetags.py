"""What people read as money, days and times, and the small tags every template uses."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone, translation

from marketplace.core import formatting
from marketplace.core.templatetags import xinqiao

# Half past two in the afternoon in Shanghai, in a year that is never the present one.
SATURDAY = datetime(2026, 11, 28, 6, 30, tzinfo=UTC)


@pytest.fixture
def in_2026(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formatting.timezone, "now", lambda: datetime(2026, 11, 27, 16, 30, tzinfo=UTC))


def render(source: str, **context: object) -> str:
    context.setdefault("request", RequestFactory().get("/services/", {"need": "exam", "page": "3"}))
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("fen", "shown"),
    [(36000, "¥360"), (36050, "¥360.50"), (5, "¥0.05"), (0, "¥0"), (712800, "¥7,128"), (-123456, "-¥1,234.56")],
)
def test_yuan(fen: int, shown: str) -> None:
    assert xinqiao.yuan(fen) == shown


def test_yuan_with_decimals_and_without_amount() -> None:
    assert xinqiao.yuan(36000, "2") == "¥360.00"
    assert xinqiao.yuan(None) == ""


@pytest.mark.usefixtures("in_2026")
@pytest.mark.parametrize(
    ("language", "day", "moment", "weekday"),
    [("zh-hans", "11月28日 周六", "11月28日 周六 14:30", "周六"), ("en", "Sat 28 Nov", "Sat 28 Nov, 14:30", "Sat")],
)
def test_dates(language: str, day: str, moment: str, weekday: str) -> None:
    with translation.override(language):
        assert xinqiao.day(SATURDAY) == xinqiao.day(date(2026, 11, 28)) == day
        assert xinqiao.moment(SATURDAY) == moment
        assert xinqiao.weekday(SATURDAY) == weekday


@pytest.mark.usefixtures("in_2026")
def test_another_year_is_said() -> None:
    assert xinqiao.day(date(2027, 1, 3)) == "2027年1月3日 周日"
    with translation.override("en"):
        assert xinqiao.day(date(2027, 1, 3)) == "Sun 3 Jan 2027"


def test_the_day_is_shanghais() -> None:
    assert formatting.clock_text(datetime(2026, 11, 27, 16, 5, tzinfo=UTC)) == "00:05"
    assert formatting.short_day_text(datetime(2026, 11, 27, 16, 5, tzinfo=UTC)) == "11月28日"


@pytest.mark.usefixtures("in_2026")
def test_near_moments_have_names() -> None:
    assert xinqiao.near_moment(SATURDAY) == "今天 14:30"
    assert xinqiao.near_moment(SATURDAY + timedelta(days=1)) == "明天 14:30"
    assert xinqiao.near_moment(SATURDAY + timedelta(days=2)) == "11月30日 周一 14:30"
    with translation.override("en"):
        assert xinqiao.near_moment(SATURDAY) == "today 14:30"


@pytest.mark.usefixtures("in_2026")
def test_time_range() -> None:
    assert xinqiao.time_range(SATURDAY, SATURDAY + timedelta(minutes=50)) == "14:30–15:20"
    assert xinqiao.time_range(SATURDAY, SATURDAY + timedelta(days=1)) == "11月28日 周六 14:30 – 11月29日 周日 14:30"


def test_nothing_is_shown_for_a_missing_time() -> None:
    filters = (xinqiao.day, xinqiao.moment, xinqiao.clock, xinqiao.near_moment, xinqiao.short_day, xinqiao.weekday)
    assert {show(None) for show in filters} == {""}
    assert xinqiao.time_range(timezone.now(), None) == ""


def test_an_avatar_keeps_its_tone() -> None:
    assert xinqiao.initial(" 周岚") == "周"
    assert xinqiao.initial("anna") == "A"
    assert xinqiao.tone("周岚") == xinqiao.tone("周岚")
    assert {xinqiao.tone(str(number)) for number in range(99)} == {1, 2, 3, 4, 5, 6}


def test_an_icon_is_silent_unless_labelled() -> None:
    assert 'aria-hidden="true"' in xinqiao.icon("home")
    labelled = xinqiao.icon("home", label='首页"')
    assert 'role="img"' in labelled
    assert '首页"' not in labelled


def test_url_with_keeps_the_rest_of_the_query() -> None:
    assert render("{% url_with page=2 %}") == "?need=exam&amp;page=2"
    assert render("{% url_with need=None page='' %}") == "?"
    assert render("{% url_with sort='price' page=None %}") == "?need=exam&amp;sort=price"


class _Form(forms.Form):
    phone = forms.CharField(label="手机号", help_text="不会给别人看")
    mode = forms.ChoiceField(label="方式", widget=forms.RadioSelect, choices=[("a", "到店")])
    agree = forms.BooleanField(label="同意")


def test_a_field_is_tied_to_its_hint_and_error() -> None:
    html = render("{% field form.phone %}", form=_Form({}))
    assert 'for="id_phone"' in html
    assert 'aria-describedby="id_phone_helptext id_phone_error"' in html
    assert 'id="id_phone_helptext"' in html
    assert 'id="id_phone_error"' in html
    assert 'aria-invalid="true"' in html


def test_choices_stand_in_a_fieldset_and_a_box_in_its_label() -> None:
    assert "<legend" in render("{% field form.mode %}", form=_Form())
    assert '<label class="check" for="id_agree">' in render("{% field form.agree %}", form=_Form())


def test_a_field_may_say_something_else() -> None:
    html = render("{% field form.phone label='家长手机号' hint='收验证码' optional=True %}", form=_Form())
    assert "家长手机号" in html
    assert "收验证码" in html
    assert "aria-describedby" in html
    assert "选填" in html


def test_display_attributes_accept_only_known_values() -> None:
    request = RequestFactory().get("/")
    request.COOKIES.update({"theme": "dark", "text": '"><script>'})
    assert render("{% display_attributes %}", request=request) == ' data-theme="dark"'
