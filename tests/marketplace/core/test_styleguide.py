"""The living style page, the display choices and the bundles."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from marketplace.core import bundles


def test_the_style_page_shows_every_component(client: Client) -> None:
    html = client.get("/styleguide/").content.decode()
    used = {"button": "btn--primary", "chip": 'class="chip"', "tag": "tag--demo", "card": "card--roomy", "field": "field__error",
            "slots": "slots__day", "dates": "date-strip", "steps": "steps__item--now", "table": "table-frame", "pages": "pages__where",
            "toast": "data-toast", "dialog": "<dialog", "tabs": 'class="tabs"', "progress": "<progress", "avatar": "avatar--6",
            "chart": "chart__drawing", "price": "price--l", "status": "status--good", "empty": "empty__title",
            "provider": "provider__foot", "product": "product__foot", "rows": "rows__total", "hold": 'class="hold"',
            "facets": "facet__option", "search": "search-box"}  # fmt: skip
    assert {name for name, mark in used.items() if mark not in html} == set()


def test_the_style_page_is_not_for_production(client: Client, settings: Any) -> None:
    settings.STYLEGUIDE_ENABLED = False
    assert client.get("/styleguide/").status_code == 404


def test_theme_and_text_size_are_remembered(client: Client) -> None:
    response = client.post("/display/", {"theme": "dark", "next": "/styleguide/?a=1"})
    assert response["Location"] == "/styleguide/?a=1"
    client.post("/display/", {"text": "large"})
    html = client.get("/help/now/").content.decode()
    assert 'data-theme="dark"' in html
    assert 'data-text="large"' in html
    client.post("/display/", {"theme": "auto"})
    assert "data-theme" not in client.get("/help/now/").content.decode().split(">", 2)[1]


def test_the_language_is_remembered(client: Client) -> None:
    client.post("/display/", {"language": "en"})
    assert '<html lang="en"' in client.get("/help/now/").content.decode()


def test_without_a_target_the_way_leads_back(client: Client) -> None:
    response = client.post("/display/", {"text": "large"}, headers={"Referer": "http://testserver/help/now/"})
    assert response["Location"] == "http://testserver/help/now/"


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_display_leads_nowhere_else(client: Client, target: str) -> None:
    assert client.post("/display/", {"theme": "dark", "next": target})["Location"] == "/"


def test_display_answers_posts_only(client: Client) -> None:
    assert client.get("/display/").status_code == 405


def test_a_script_gets_no_redirect(client: Client) -> None:
    assert client.post("/display/", {"theme": "dark"}, headers={"X-Requested-With": "fetch"}).status_code == 204


@pytest.mark.parametrize("name", ["css/site.css", "js/site.js"])
def test_bundles_are_found_and_complete(name: str) -> None:
    found = finders.find(name)
    parts = bundles.style_parts() if name.endswith("css") else bundles.script_parts()
    text = Path(found).read_text(encoding="utf-8")
    assert all(part.read_text(encoding="utf-8") in text for part in parts)
    assert name in {path for finder in finders.get_finders() for path, _ in finder.list([])}


def test_modules_of_the_bundle_stand_alone() -> None:
    for part in bundles.script_parts():
        lines = part.read_text(encoding="utf-8").splitlines()
        assert not [line for line in lines if line.startswith(("import ", "export "))]
