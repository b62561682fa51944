"""Help in a crisis: for everybody, at once, and unrecorded."""

import pytest
from django.template.loader import render_to_string
from django.test import Client

from marketplace.safeguarding.hotlines import HOTLINES


def test_everybody_may_read_it_without_any_query(client: Client) -> None:
    # Without the database mark any query fails the test.
    response = client.get("/help/now/")
    assert response.status_code == 200
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]


def test_the_numbers_can_be_called(client: Client) -> None:
    html = client.get("/help/now/").content.decode()
    assert [line.number for line in HOTLINES] == ["12356", "120", "110", "12355"]
    for line in HOTLINES:
        assert f'href="tel:{line.number}"' in html


def test_it_can_be_left_at_once(client: Client) -> None:
    html = client.get("/help/now/").content.decode()
    assert "data-quick-exit" in html
    assert "noreferrer" in html


def test_every_page_leads_to_it(client: Client) -> None:
    assert 'href="/help/now/"' in client.get("/styleguide/").content.decode()


@pytest.mark.parametrize("name", ["500.html", "503.html"])
def test_the_numbers_stand_on_the_pages_of_failure(name: str) -> None:
    html = render_to_string(name)
    for line in HOTLINES:
        assert f'href="tel:{line.number}"' in html


@pytest.mark.parametrize("name", ["404.html", "403.html", "403_csrf.html", "429.html"])
def test_error_pages_say_what_to_do_next(name: str) -> None:
    html = render_to_string(name)
    assert "/help/now/" in html
    assert "回首页" in html
