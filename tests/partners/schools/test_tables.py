"""What a school's file may hold: both encodings, no more than is needed, and each wrong line with what is wrong."""

import pytest

from marketplace.core.spreadsheets import csv_text, harmless
from partners.schools import errors
from partners.schools.enums import ListKind
from partners.schools.tables import MOST_BYTES, MOST_ROWS, SHAPES, read_table

STAFF = "姓名,岗位,年级,班级\n王老师,班主任,初一,3班\n李老师,心理老师,,\n"
CLASSES = "年级,班级,座号\n初一,3班,01\n初一,3班,2\n"


def refused_lines(text: str, kind: str = ListKind.STAFF) -> list[tuple[int, str]]:
    with pytest.raises(errors.RowsWrong) as caught:
        read_table(text.encode(), kind)
    return [(error.line, str(error.sentence)) for error in caught.value.errors]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_both_ways_of_writing_chinese_are_read(encoding):
    assert read_table(STAFF.encode(encoding), ListKind.STAFF) == [
        ("王老师", "班主任", "初一", "3班"),
        ("李老师", "心理老师", "", ""),
    ]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_end_of_line_and_tabs_and_empty_lines_are_read(line_end):
    text = CLASSES.replace(",", "\t").replace("\n", line_end) + line_end * 3
    assert read_table(text.encode(), ListKind.CLASSES) == [("初一", "3班", "1"), ("初一", "3班", "2")]


@pytest.mark.parametrize(
    "content",
    [b"", b"  \n", b"PK\x03\x04\x00\x00", STAFF.encode("utf-16"), b"\xff\xff\xff\xff", "姓名,岗位\n".encode()],
)
def test_what_is_no_table_is_refused(content):
    with pytest.raises(errors.NotATable):
        read_table(content, ListKind.STAFF)


def test_too_many_bytes_and_too_many_rows_are_refused():
    with pytest.raises(errors.FileTooLarge):
        read_table(b"x" * (MOST_BYTES + 1), ListKind.STAFF)
    rows = "".join(f"初一,{number // 90}班,{number % 90 + 1}\n" for number in range(MOST_ROWS + 1))
    with pytest.raises(errors.FileTooLarge):
        read_table(("年级,班级,座号\n" + rows).encode(), ListKind.CLASSES)


@pytest.mark.parametrize("column", ["姓名", "身份证号", "电话", "家长手机", "备注"])
def test_a_column_with_more_than_is_needed_refuses_the_whole_file(column):
    text = f"年级,班级,座号,{column}\n初一,3班,1,小明\n"
    with pytest.raises(errors.TooMuchData):
        read_table(text.encode(), ListKind.CLASSES)


def test_a_missing_column_is_named_as_missing():
    with pytest.raises(errors.ColumnsMissing):
        read_table("姓名,年级\n王老师,初一\n".encode(), ListKind.STAFF)


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "＝HYPERLINK(1)", ' =1"'])
def test_a_formula_is_refused_with_its_line(cell):
    quoted = '"' + cell.replace('"', '""') + '"'
    assert refused_lines(f"姓名,岗位\n王老师,班主任\n{quoted},班主任\n")[0][0] == 3


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (",班主任", "这里要填"),
        ("王" * 31 + ",班主任", "太长"),
        ("王\u202e老师,班主任", "看不见"),
        ("王老师 13900001111,班主任", "像是号码"),
        ("王老师,班主任,多出来的,x,y", "格子比表头多"),
    ],
)
def test_a_wrong_line_says_what_is_wrong(line, words):
    (found,) = refused_lines(f"姓名,岗位\n{line}\n")
    assert found[0] == 2 and words in found[1]


@pytest.mark.parametrize("seat", ["0", "100", "20230101", "小明", "1.5", "١"])
def test_a_seat_is_a_small_number(seat):
    assert any(
        "座号是 1 到 99" in sentence
        for _line, sentence in refused_lines(f"年级,班级,座号\n初一,3班,{seat}\n", "classes")
    )


def test_the_same_seat_twice_names_the_first_line():
    assert refused_lines("年级,班级,座号\n初一,3班,1\n初一,3班,01\n", "classes") == [(3, "和第 2 行重复。")]


def test_every_wrong_line_is_told_at_once_up_to_fifty():
    text = "姓名,岗位\n" + ",班主任\n" * 60
    assert len(refused_lines(text)) == 50


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "\t=1", "＝1"])
def test_nothing_that_goes_out_is_a_formula(cell):
    assert harmless(cell).startswith("'")
    assert f"'{cell}" in csv_text(["a"], [[cell]])


@pytest.mark.parametrize("kind", ListKind.values)
def test_what_goes_out_comes_in_again(kind):
    shape = SHAPES[kind]
    assert read_table(csv_text(shape.headings, shape.examples).encode(), kind) == list(shape.examples)
