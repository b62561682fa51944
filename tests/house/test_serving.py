"""The product serves itself under gunicorn, pages, styles and crisis help, to a browser without a sign-in."""

import urllib.request

import pytest

from tests.support.browser import both_widths


def test_it_says_that_database_and_cache_answer(gunicorn_server):
    with urllib.request.urlopen(f"{gunicorn_server}/healthz") as answer:
        assert answer.read() == b"ok"


def test_the_simulator_answers(simulator_server, settings):
    assert simulator_server == settings.SIMULATOR_URL


@both_widths
@pytest.mark.parametrize("path", ["/help/now/", "/", "/accounts/login/"])
def test_pages_open_to_all_have_their_styles_and_no_serious_barrier(gunicorn_server, page, axe, path):
    answer = page.goto(gunicorn_server + path)
    assert answer.status == 200
    assert page.evaluate("getComputedStyle(document.body).fontFamily") != "Times New Roman"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
    axe(page)
