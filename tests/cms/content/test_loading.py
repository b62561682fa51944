"""Loading the library's texts: whole, twice the same, and never past a reviewer outside the demo."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.content.models import Collection, Item, ItemReview
from cms.content.selectors import published_items
from cms.content.selectors.library import shown_items
from cms.content.services.loading import load_library
from cms.content.text_files.reading import TEXTS
from marketplace.core.age_bands import AgeBand
from marketplace.core.needs import Need
from tests.factories import make_staff
from tests.factories.library import make_reviewer

from .test_text_files import HEAD, HELP

pytestmark = pytest.mark.django_db


def _folder(tmp_path: Path, body: str = "晚上不看手机。\n", *, slug: str = "before-bed") -> Path:
    folder = tmp_path / "zh-hans"
    folder.mkdir(exist_ok=True)
    (folder / f"{slug}.md").write_text(HEAD.format(slug=slug, kind="article") + body + HELP, encoding="utf-8")
    return tmp_path


def test_all_our_texts_load_and_load_again_as_they_are():
    loaded = load_library()
    assert len(loaded.made) == len(list(TEXTS.glob("*/*.md"))) >= 70
    for item in Item.objects.select_related("reviewer"):
        assert item.live and set(item.bands) <= set(AgeBand.values) and item.bands, item.slug
        assert set(item.needs) <= set(Need.values) and item.needs, item.slug
        assert item.is_reviewed or (item.machine_written and item.reviewer.is_demo), item.slug
        assert item.author_name and len(item.sources) and item.licence and item.review_due_on, item.slug
        assert item.plain_text and 1 <= item.reading_minutes <= 40, item.slug
    shelves = {collection.slug: collection.entries.count() for collection in Collection.objects.all()}
    assert len(shelves) == 8 and min(shelves.values()) >= 4

    revisions = Item.objects.get(slug="body-wont-sleep", locale__language_code="en").revisions.count()
    again = load_library()
    assert (again.made, again.changed) == ([], []) and again.same == len(loaded.made)
    assert Item.objects.get(slug="body-wont-sleep", locale__language_code="en").revisions.count() == revisions


def test_a_changed_text_is_a_new_version_and_nobody_has_read_it(tmp_path):
    load_library(folder=_folder(tmp_path))
    first = Item.objects.get(slug="before-bed")
    loaded = load_library(folder=_folder(tmp_path, "晚上少看一会儿手机。\n"))
    changed = Item.objects.get(slug="before-bed")
    assert loaded.changed == ["zh-hans/before-bed"]
    assert (first.version, changed.version) == (1, 2)
    assert "少看一会儿" in changed.plain_text
    assert not changed.is_reviewed and ItemReview.objects.filter(item=changed).count() == 2


def test_outside_the_demo_texts_wait_for_a_professional(tmp_path, settings):
    settings.LIBRARY_SHOWS_UNREVIEWED = settings.DEMO = False
    load_library(folder=_folder(tmp_path))
    item = Item.objects.get(slug="before-bed")
    assert not item.live and not shown_items().exists()
    assert load_library(folder=_folder(tmp_path)).same == 1

    reviewer = make_reviewer()
    state_of = item.get_workflow().start(item, make_staff(duties=["content"]))
    task_state = state_of.current_task_state
    task_state.task.specific.on_action(task_state, reviewer.user, "approve")
    assert published_items().get().reviewer == reviewer

    load_library(folder=_folder(tmp_path, "另一段。\n"))
    live = Item.objects.get(slug="before-bed")
    assert live.live and "另一段" not in live.plain_text and live.has_unpublished_changes
    assert load_library(folder=_folder(tmp_path, "另一段。\n")).same == 1


def test_what_only_the_demos_reviewer_has_read_is_hidden_in_production_mode(tmp_path, settings, client):
    load_library(folder=_folder(tmp_path))
    assert published_items().count() == 1
    settings.LIBRARY_SHOWS_UNREVIEWED = False
    assert published_items().count() == 0
    assert client.get("/library/before-bed/").status_code == 404
    assert "before-bed" not in client.get("/library/?all=1").content.decode()


def test_a_fault_changes_nothing_and_is_named(tmp_path):
    folder = _folder(tmp_path)
    _folder(tmp_path, ":::tip 没有关\n", slug="broken")
    with pytest.raises(CommandError, match=r"broken\.md:14: .*never closed"):
        call_command("load_library", folder=folder)
    assert not Item.objects.exists()


def test_a_translation_without_its_text_is_a_fault(tmp_path):
    folder = _folder(tmp_path)
    (folder / "en").mkdir()
    (folder / "en" / "alone.md").write_text(HEAD.format(slug="alone", kind="article") + "One.\n" + HELP)
    with pytest.raises(CommandError, match="translates nothing"):
        call_command("load_library", folder=folder)


def test_the_command_says_what_it_did(tmp_path):
    out = StringIO()
    call_command("load_library", folder=_folder(tmp_path), stdout=out)
    assert out.getvalue() == "1 made, 0 changed, 0 as they were\n"


def test_loading_again_asks_little(tmp_path):
    folder = _folder(tmp_path)
    load_library(folder=folder)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        load_library(folder=folder)
    assert len(queries) < 25
