"""Moods and the diary: kept sealed, private, read by the gate only where somebody wants that, and deleted for good."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection
from django.utils import timezone

from cms.wellbeing.diary_contexts import diary_context
from cms.wellbeing.diary_errors import ChangedElsewhere, NothingWritten, NoWeatherChosen, TooManyWords
from cms.wellbeing.models import DiaryEntry, MoodEntry
from cms.wellbeing.rules.moods import keeper
from cms.wellbeing.selectors import moods as selectors
from cms.wellbeing.services import diary, moods
from marketplace.consent.retention.registry import registered
from marketplace.consent.rights.registry import Subject, subject_data
from marketplace.core.formatting import in_shanghai
from marketplace.families.models import Child
from marketplace.safeguarding.concerns.models import Concern
from tests import factories

pytestmark = pytest.mark.django_db

DANGER = "我真的不想活了，今晚就想从楼上跳下去。"
WORDS = "今天和同桌一起走回家，桂花开了。"


@pytest.fixture
def child() -> Child:
    return factories.make_teen().young_profile


def kept(child: Child, **fields: object) -> MoodEntry:
    return moods.record_mood(**{"child": child, "weather": 4} | fields).mood


def raw(table: str, column: str) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")
        return bytes(cursor.fetchone()[0])


def test_a_mood_is_kept_sealed(child):
    mood = kept(child, words=["calm", "tired"], line=WORDS)
    assert WORDS.encode() not in raw("wellbeing_moodentry", "line")
    assert raw("wellbeing_moodentry", "weather") != b"4"
    again = MoodEntry.objects.get(pk=mood.pk)
    assert (again.weather, again.words, again.line) == (4, ["calm", "tired"], WORDS)


def test_a_mood_belongs_to_the_day_in_shanghai(child):
    night = in_shanghai(timezone.now()).replace(hour=23, minute=50)
    assert kept(child, now=night).felt_on == night.date()


@pytest.mark.parametrize("weather", [0, 6, None])
def test_only_the_five_kinds_of_weather_are_kept(child, weather):
    with pytest.raises(NoWeatherChosen):
        kept(child, weather=weather)


def test_at_most_three_words_and_only_ours(child):
    with pytest.raises(TooManyWords):
        kept(child, words=["calm", "tired", "happy", "sad"])
    assert kept(child, words=["calm", "made-up"]).words == ["calm"]


def test_a_mood_can_be_changed_and_deleted(child):
    mood = kept(child)
    moods.change_mood(child=child, public_id=mood.public_id, weather=2, words=["sad"], line="")
    assert selectors.mood_of(child, mood.public_id).weather == 2
    moods.forget_mood(child=child, public_id=mood.public_id)
    assert not MoodEntry.objects.exists()


def test_a_stranger_changes_nothing(child):
    mood, other = kept(child), factories.make_teen().young_profile
    with pytest.raises(MoodEntry.DoesNotExist):
        moods.forget_mood(child=other, public_id=mood.public_id)
    page = diary.write_page(child=child, text=WORDS).page
    with pytest.raises(DiaryEntry.DoesNotExist):
        diary.edit_page(child=other, public_id=page.public_id, text="x", revision=1)
    assert selectors.mood_of(other, mood.public_id) is None


def test_who_keeps_a_diary_here():
    assert keeper(factories.make_teen(age=8)) is not None
    assert keeper(factories.make_teen(age=7)) is None
    assert keeper(factories.make_teen(age=19)) is not None  # who grew up here keeps their own
    assert keeper(factories.make_parent()) is None


def test_nothing_written_for_oneself_is_read_unless_one_wants_that(child):
    with patch("cms.wellbeing.services.moods.screen") as screen:
        assert not diary.write_page(child=child, text=DANGER).answer.card
        assert not moods.record_mood(child=child, weather=1, line=DANGER).answer.card
        screen.assert_not_called()
    assert not Concern.objects.exists()


def test_with_consent_danger_is_answered_and_reaches_the_desk(child):
    diary.choose_read_along(child=child, wants=True)
    written = diary.write_page(child=child, text=DANGER)
    assert written.answer.card
    assert Concern.objects.count() == 1
    assert diary_context(str(written.page.public_id)).text == DANGER
    diary.choose_read_along(child=child, wants=False)
    assert diary_context(str(written.page.public_id)) is None
    assert not diary.write_page(child=child, text=DANGER).answer.card


def test_a_page_is_kept_sealed_and_private(child):
    page = diary.write_page(child=child, text=WORDS).page
    assert WORDS.encode() not in raw("wellbeing_diaryentry", "text")
    assert not page.shares.exists()
    assert diary_context(str(page.public_id)) is None


def test_a_day_to_come_becomes_today(child):
    tomorrow = timezone.localdate() + timedelta(days=3)
    assert diary.write_page(child=child, text=WORDS, about_on=tomorrow).page.about_on == timezone.localdate()


def test_an_empty_page_is_not_kept(child):
    with pytest.raises(NothingWritten):
        diary.write_page(child=child, text=" \n ")


def test_an_older_window_does_not_overwrite_a_newer_page(child):
    page = diary.write_page(child=child, text=WORDS).page
    diary.edit_page(child=child, public_id=page.public_id, text="新的", revision=1)
    with pytest.raises(ChangedElsewhere):
        diary.edit_page(child=child, public_id=page.public_id, text="旧的", revision=1)
    assert DiaryEntry.objects.get().text == "新的"


def test_everything_can_be_deleted(child):
    for _each in range(3):
        kept(child)
        diary.write_page(child=child, text=WORDS)
    assert moods.forget_all_moods(child=child) == 3
    assert diary.forget_all_pages(child=child) == 3


def data_of(child: Child, asked_by: object) -> dict[str, list[dict]]:
    data = next(each for each in subject_data() if each.key == "diary")
    subject = Subject(user=child.account, child=child, asked_by=asked_by)
    return {section.key: section.rows for section in data.export(subject)}


def test_one_carries_ones_own_away_and_a_guardian_does_not(child):
    guardian = factories.make_parent(children=0)
    teen = factories.make_teen(guardian, age=12)
    kept(teen.young_profile, words=["calm"], line=WORDS)
    diary.write_page(child=teen.young_profile, text=WORDS)
    mine = data_of(teen.young_profile, teen)
    assert mine["moods"][0]["weather"] == "转晴"
    assert mine["diary"][0]["text"] == WORDS
    assert data_of(teen.young_profile, guardian) == {}


def test_erasure_takes_all_of_it(child):
    kept(child)
    diary.write_page(child=child, text=WORDS)
    diary.choose_read_along(child=child, wants=True)
    data = next(each for each in subject_data() if each.key == "diary")
    subject = Subject(user=child.account, child=child, asked_by=child.account)
    foreseen = data.foresee(subject)
    assert data.erase(subject).erased == foreseen.erased
    assert data.erase(subject).erased == ()
    assert not MoodEntry.objects.exists()
    assert not DiaryEntry.objects.exists()


def test_a_diary_is_over_only_half_a_year_after_its_profile(child):
    kept(child)
    diary.write_page(child=child, text=WORDS)
    classes = {each.key: each for each in registered()}
    now = timezone.now()
    assert not classes["diary_pages"].erasable(now, []).exists()
    child.archived_at = now - timedelta(days=190)
    child.save(update_fields=["archived_at"])
    for key in ("moods", "diary_pages"):
        rows = classes[key].erasable(now, [])
        assert rows.count() == 1
        assert classes[key].erasable(now, [child.public_id]).count() == 0
        assert classes[key].erase(rows) == 1


def test_the_last_days_are_read_oldest_first(child):
    now = timezone.now()
    for days in (40, 13, 0):
        kept(child, now=now - timedelta(days=days))
    found = selectors.moods_since(child, 14)
    assert [in_shanghai(now).date() - mood.felt_on for mood in found] == [timedelta(days=13), timedelta(0)]
