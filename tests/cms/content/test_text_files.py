"""The library's text files: each of ours is as agreed, and a fault in one is named with file and line."""

import re
from pathlib import Path

import pytest

from cms.content.enums import Kind
from cms.content.plain_text import FOR_CLASS
from cms.content.text_files import TextFault, read_collections, read_text_file, text_file_paths
from cms.content.text_files.body import rich_text
from cms.content.text_files.reading import TEXTS

HEAD = """---
slug: {slug}
kind: {kind}
title: 睡前一小时
summary: 给睡前留一点空。
audience: teen
ages: [12, 18]
needs: [sleep]
author: 心桥编辑部（示例）
machine_written: true
sources:
  - {{title: "睡眠小册", publisher: "示例出版社", year: 2020}}
---
"""
HELP = "\n:::help 什么时候找人帮忙\n一直睡不着，就告诉大人。\n:::\n"


def _file(folder: Path, body: str, *, kind: str = "article", head: str = HEAD, slug: str = "a-text") -> Path:
    path = folder / f"{slug}.md"
    path.write_text(head.format(slug=slug, kind=kind) + body, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def ours():
    return [read_text_file(path) for path in text_file_paths()]


def test_there_are_sixty_in_chinese_and_ten_in_english(ours):
    assert sum(file.language == "zh-hans" for file in ours) >= 60
    assert sum(file.language == "en" for file in ours) >= 10


def test_every_need_and_every_reader_is_written_for(ours):
    from marketplace.core.needs import Need

    assert {need for file in ours for need in file.head.needs} == set(Need.values)
    assert {str(file.head.audience) for file in ours} == {"child", "teen", "parent", "teacher", "principal"}


def test_every_text_ends_with_help_and_names_a_source(ours):
    for file in ours:
        assert file.body[-1]["type"] == "help", file.path
        assert file.head.sources, file.path
        assert file.head.machine_written, file.path


def test_english_texts_translate_chinese_ones(ours):
    slugs = {file.head.slug for file in ours if file.language == "zh-hans"}
    assert {file.head.slug for file in ours if file.language == "en"} <= slugs


def test_no_text_promises_a_cure_or_names_an_effect(ours):
    words = re.compile(r"治疗|诊断|治愈|患者|[0-9０-９]+\s*[%％]|百分之")
    for file in ours:
        found = words.search(file.path.read_text(encoding="utf-8"))
        assert found is None, f"{file.path.name}: {found and found[0]}"


def test_skills_stand_with_sources_and_lessons_with_questions(ours):
    for file in ours:
        if file.head.kind is Kind.COURSE:
            lessons = [block["value"] for block in file.body if block["type"] == "lesson"]
            assert len(lessons) >= 4, file.path
            for lesson in lessons:
                assert {"check", "exercise"} <= {part["type"] for part in lesson["parts"]}, file.path


def test_courses_for_school_years_bring_pre_work_and_an_activity(ours):
    courses = [file for file in ours if file.head.kind is Kind.COURSE and file.head.audience == "teen"]
    assert len(courses) >= 3
    for file in courses:
        for lesson in (block["value"] for block in file.body if block["type"] == "lesson"):
            assert set(FOR_CLASS) <= {part["type"] for part in lesson["parts"]}, file.path


def test_class_packs_name_school_year_and_subject(ours):
    packs = [file for file in ours if file.head.kind is Kind.CLASS_PACK]
    assert len(packs) >= 5
    assert all(file.head.grades and file.head.subject for file in packs)


def test_collections_name_texts_there_are(ours):
    shelves = read_collections(TEXTS, {file.head.slug for file in ours})
    assert len(shelves) == 8
    with pytest.raises(TextFault, match=r"collections\.yaml:\d+: .*breathing"):
        read_collections(TEXTS, {file.head.slug for file in ours} - {"breathing-before-a-test"})


def test_marks_become_blocks(tmp_path):
    body = """第一段。

## 小标题

- 一
- 二

:::tip 记住
慢一点。
:::

:::try 试一试
1. 吸气。
2. 呼气。
:::

:::talk 可以这样说
我：我睡不着。
妈妈：我陪你坐一会儿。
（两个人都没说话。）
:::

:::check 先做哪一件？
- [ ] 数羊
- [x] 起来坐一会儿
说明：躺着着急，不如起来。
:::
"""
    blocks = read_text_file(_file(tmp_path, body + HELP)).body
    assert [block["type"] for block in blocks] == ["text", "tip", "exercise", "talk", "check", "help"]
    assert blocks[0]["value"].startswith("<p>第一段。</p><h2>小标题</h2><ul><li>一</li>")
    assert [row["value"] for row in blocks[3]["value"]["lines"][1:]] == [
        {"who": "妈妈", "says": "我陪你坐一会儿。"},
        {"who": "", "says": "（两个人都没说话。）"},
    ]
    assert blocks[4]["value"]["options"][1]["value"] == {"text": "起来坐一会儿", "is_right": True}
    assert len({block["id"] for block in blocks}) == len(blocks)


def test_reading_twice_gives_the_same(tmp_path):
    path = _file(tmp_path, "一段。\n" + HELP)
    assert read_text_file(path) == read_text_file(path)


def test_html_in_a_text_stays_words():
    assert rich_text("<script>alert(1)</script> **重点**") == "<p>&lt;script&gt;alert(1)&lt;/script&gt; <b>重点</b></p>"
    assert rich_text("> 一句\n> 两句") == "<blockquote>一句两句</blockquote>"


@pytest.mark.parametrize(
    ("body", "line", "sentence"),
    [
        ("一段。\n", 14, "does not end with :::help"),
        ("一段。\n:::tip 没有关\n字\n" + HELP, 15, "never closed"),
        ("一段。\n\n:::hint 不认得\n字\n:::\n" + HELP, 16, ":::hint is not a block"),
        ("一段。\n:::\n" + HELP, 15, "never closed"),
        (":::check 没有合适的\n- [ ] 一\n- [ ] 二\n:::\n" + HELP, 14, "one of them fits"),
        (":::check 混了字\n- [ ] 一\n什么\n- [x] 二\n:::\n" + HELP, 16, "stand options"),
        (":::try 空的\n:::\n" + HELP, 14, ":::try is empty"),
        ("# 大标题\n" + HELP, 14, "a heading begins with ##"),
        ("# 第1课 课在文章里\n一段。\n" + HELP, 14, "only a course has lessons"),
    ],
)
def test_a_fault_in_a_body_is_named_with_its_line(tmp_path, body, line, sentence):
    with pytest.raises(TextFault) as caught:
        read_text_file(_file(tmp_path, body))
    assert caught.value.line == line and sentence in str(caught.value)
    assert str(caught.value).startswith(f"a-text.md:{line}: ")


def test_a_course_without_lessons_and_an_empty_lesson_are_faults(tmp_path):
    with pytest.raises(TextFault, match="a course has lessons"):
        read_text_file(_file(tmp_path, "一段。\n" + HELP, kind="course"))
    with pytest.raises(TextFault, match="is empty"):
        read_text_file(_file(tmp_path, "# 第1课 空的\n# 第2课 有字\n一段。\n" + HELP, kind="course"))


@pytest.mark.parametrize(
    ("found", "written", "line", "sentence"),
    [
        ("kind: {kind}", "kind: poem", 3, "'poem' is not one of"),
        ("needs: [sleep]", "needs: [slep]", 8, "'slep' is not one of"),
        ("needs: [sleep]", "needs: []", 8, "not a list of 1 to 3"),
        ("ages: [12, 18]", "ages: [18, 12]", 7, "the smaller first"),
        ("machine_written: true", "machine_written: maybe", 10, "neither true nor false"),
        ("audience: teen\n", "", 1, "audience is missing"),
        ("author: ", "colour: blue\nauthor: ", 9, "colour is not a field"),
        ("slug: {slug}", "slug: another", 2, "is not the file's name"),
        ('publisher: "示例出版社", ', "", 11, "a source has a title"),
        ("ages: [12, 18]", "ages: [12, 18", 8, "not readable"),
    ],
)
def test_a_fault_in_a_head_is_named_with_its_line(tmp_path, found, written, line, sentence):
    with pytest.raises(TextFault) as caught:
        read_text_file(_file(tmp_path, "一段。\n" + HELP, head=HEAD.replace(found, written)))
    assert sentence in str(caught.value)
    assert caught.value.line == line


def test_a_file_without_a_head_is_a_fault(tmp_path):
    path = tmp_path / "bare.md"
    path.write_text("一段。", encoding="utf-8")
    with pytest.raises(TextFault, match=r"bare\.md:1"):
        read_text_file(path)
