"""Every Chinese text of code and templates has its English one."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from marketplace.core.embedded.locations import CHECKOUT
from marketplace.core.translations import compile_translations

OURS = ("marketplace", "cms", "payments", "catalog", "recommender", "partners")


@pytest.fixture(scope="module")
def collected(tmp_path_factory) -> polib.POFile:
    """What `makemessages` would make of the present code, worked out in a copy."""
    assert shutil.which("xgettext"), "the translation check needs GNU gettext: apt-get install gettext"
    copy: Path = tmp_path_factory.mktemp("messages")
    for package in OURS:
        if (CHECKOUT / package).exists():
            shutil.copytree(CHECKOUT / package, copy / package, ignore=_not_a_source)
    shutil.copytree(CHECKOUT / "locale", copy / "locale")
    command = [sys.executable, "-m", "django", "makemessages", "--locale=en", "--no-location", "--no-obsolete"]
    subprocess.run(command, cwd=copy, check=True, capture_output=True)
    return polib.pofile(str(copy / "locale" / "en" / "LC_MESSAGES" / "django.po"))


def _not_a_source(folder: str, names: list[str]) -> set[str]:
    return {name for name in names if Path(name).suffix not in (".py", ".html", ".txt", "")} | {"__pycache__"}


def test_every_text_is_translated(collected):
    missing = [entry.msgid for entry in collected if not entry.translated() and not entry.obsolete]
    assert missing == []


def test_no_translation_is_only_guessed(collected):
    assert [entry.msgid for entry in collected.fuzzy_entries()] == []


def test_english_keeps_what_is_filled_in(collected):
    def filled_in(text: str) -> list[str]:
        return sorted(re.findall(r"%\(\w+\)[sd]|%%|\{\w*\}|</?\w[^>]*>", text))

    assert [
        (chinese, english)
        for entry in collected
        for chinese, english in zip(_chinese_of(entry), _english_of(entry), strict=True)
        if filled_in(english) != filled_in(chinese)
    ] == []


def test_english_is_english_and_promises_no_cure(collected):
    foreign = re.compile(r"[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]|\b(treat|diagnos|cure)", re.IGNORECASE)
    assert [english for entry in collected for english in _english_of(entry) if foreign.search(english)] == []


def _chinese_of(entry: polib.POEntry) -> list[str]:
    return [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]


def _english_of(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def test_an_edited_source_is_compiled_again(tmp_path):
    folder = tmp_path / "locale" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text('msgid ""\nmsgstr ""\n\nmsgid "心桥"\nmsgstr "Bridge"\n')
    assert compile_translations(tmp_path) == [folder / "django.mo"]
    assert compile_translations(tmp_path) == []
    assert polib.mofile(str(folder / "django.mo")).find("心桥").msgstr == "Bridge"
