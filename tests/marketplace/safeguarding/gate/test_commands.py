"""`manage.py grade_text` on what people may give it."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command


def graded(path: Path) -> list[dict]:
    out = io.StringIO()
    call_command("grade_text", str(path), stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_one_line_each_with_kind_score_and_level(tmp_path: Path) -> None:
    file = tmp_path / "texts.txt"
    file.write_bytes("\ufeff我不想活了\r\n\n今天食堂的饭好吃\n\n".encode())
    found = graded(file)
    assert [set(each) for each in found] == [{"kind", "score", "level"}] * 4
    assert found[0]["kind"] == "self_harm" and found[0]["level"] >= 2
    assert [each["level"] for each in found[1:]] == [0, 0, 0]
    assert all(0 <= each["score"] <= 1 for each in found)


def test_no_file_and_no_text() -> None:
    with pytest.raises(CommandError, match="no such file"):
        call_command("grade_text", "/nowhere/texts.txt")


def test_an_empty_file_says_nothing(tmp_path: Path) -> None:
    file = tmp_path / "empty.txt"
    file.touch()
    assert graded(file) == []


def test_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "gbk.txt"
    file.write_bytes("好\n".encode() + "我很好\n".encode("gbk"))
    with pytest.raises(CommandError, match="line 2: not UTF-8"):
        graded(file)
