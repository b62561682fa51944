"""The small games: no scores, no prizes, and a kind end after five minutes of a day."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.wellbeing.games import GAMES
from cms.wellbeing.models import GameDay
from cms.wellbeing.rules.games import CAP_SECONDS, may_play, seconds_left
from cms.wellbeing.selectors.games import seconds_played
from cms.wellbeing.services.games import note_play
from tests import factories

TIME = "wellbeing:game_time"


def page(client, slug="trains"):
    return client.get(reverse("wellbeing:game", args=[slug])).content.decode()


def test_the_day_ends_at_the_cap():
    assert seconds_left(0) == CAP_SECONDS and may_play(CAP_SECONDS - 1)
    assert seconds_left(CAP_SECONDS + 5) == 0 and not may_play(CAP_SECONDS)


def test_every_card_is_of_a_kind_and_every_kind_has_cards():
    for game in GAMES:
        assert {card.kind for card in game.cards} == set(game.kinds.values)
        assert len(game.cards) >= 12 and len({str(card.text) for card in game.cards}) == len(game.cards)


@pytest.mark.django_db
class TestTime:
    def test_all_games_share_it_and_it_never_passes_the_cap(self):
        owner = factories.make_parent()
        assert note_play(owner=owner, seconds=200) == CAP_SECONDS - 200
        assert note_play(owner=owner, seconds=5000) == 0
        assert seconds_played(owner) == CAP_SECONDS

    def test_a_new_day_begins_anew(self):
        owner, today = factories.make_parent(), timezone.localdate()
        note_play(owner=owner, seconds=CAP_SECONDS, today=today - timedelta(days=1))
        assert seconds_played(owner) == 0

    def test_time_does_not_run_backwards(self):
        owner = factories.make_parent()
        note_play(owner=owner, seconds=50)
        assert note_play(owner=owner, seconds=-50) == CAP_SECONDS - 50

    def test_when_it_is_over_the_page_says_so_without_any_game(self):
        owner = factories.make_parent()
        client = factories.signed_in(owner)
        assert "js/trains.js" in page(client)
        client.post(reverse(TIME), {"seconds": CAP_SECONDS})
        for game in GAMES:
            text = page(client, game.slug)
            assert "今天玩到这里" in text and f"js/{game.slug}.js" not in text and "data-start" not in text

    def test_one_persons_time_is_nobody_elses(self):
        note_play(owner=factories.make_parent(), seconds=CAP_SECONDS)
        assert "js/trains.js" in page(factories.signed_in(factories.make_parent()))

    def test_nonsense_is_refused_and_visitors_are_not_counted(self):
        client = factories.signed_in(factories.make_parent())
        assert client.post(reverse(TIME), {"seconds": "x"}).status_code == 422
        assert client.get(reverse(TIME)).status_code == 405
        assert Client().post(reverse(TIME), {"seconds": 5}).status_code == 302
        assert not GameDay.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("game", GAMES, ids=lambda game: game.slug)
def test_open_to_everybody_and_playable_on_paper(client, game):
    text = page(client, game.slug)
    assert str(game.paper[0]) in text and "不用屏幕也能玩" in text and "game_time" not in text
    assert "data-time-url" not in text  # whoever is not signed in is counted in the browser only
    for word in ("得分：", "最高", "购买", "金币", "宝箱", "广告"):
        assert word not in text.split('id="main"')[1].split("<footer")[0]


@pytest.mark.django_db
def test_an_unknown_game_is_not_there(client):
    assert client.get(reverse("wellbeing:game", args=["slots"])).status_code == 404
