"""A text is read as it was meant, however it is written."""

import pytest

from marketplace.safeguarding.gate.normalising import WINDOW, fold, windows
from marketplace.safeguarding.gate.sounds import written_out


@pytest.mark.parametrize(
    "written",
    [
        "自杀",
        "自 杀",
        "自.杀",
        "自-杀",
        "自\u200b杀",
        "自殺",
        "紫砂了",
        "子煞",
        "zisha",
        "zi sha",
        "自sha",
        "Zi杀",
        "自*",
    ],
)
def test_one_word_in_many_disguises(written: str) -> None:
    assert "自杀" in fold(f"我想{written}").plain


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("不 想 活 了", "不想活了"),
        ("bxhl", "不想活了"),
        ("bu xiang huo le", "不想活"),
        ("不想火了", "不想活了"),
        ("想4了", "想死了"),
        ("亖了算了", "死了算了"),
        ("歹匕了算了", "死了算了"),
        ("gewan", "割腕"),
        ("跳lou", "跳楼"),
        ("跳喽", "跳楼"),
        ("被ba ling", "被霸凌"),
        ("🔪", "刀"),
        ("💊", "药"),
    ],
)
def test_homophones_letters_and_pictures(written: str, meant: str) -> None:
    assert meant in fold(written).plain


@pytest.mark.parametrize(
    "everyday",
    ["紫砂壶真好看", "艺术节报名", "威胁", "各晚都有课", "他姓秦", "八零后", "嘉宝米粉", "iphone", "hello world"],
)
def test_words_that_only_sound_alike_stay_as_they_are(everyday: str) -> None:
    assert fold(everyday).plain == everyday


def test_quotation_marks_are_one_kind() -> None:
    folded = {fold(f"{left}没事{right}").plain for left, right in ("“”", "「」", "『』", '""', "＂＂")}
    assert folded == {'"没事"'}


def test_what_is_no_chinese_survives() -> None:
    assert fold("I am fine, thanks 123").plain == "i am fine, thanks 123"
    assert written_out("hello 4 you") == "hello 4 you"


@pytest.mark.parametrize(
    "text", ["", " ", "\u200b", "。。。", "🙂", "\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace")]
)
def test_a_text_without_words_is_a_text(text: str) -> None:
    assert fold(text).compact in ("", "�")


def test_long_texts_are_read_to_their_end() -> None:
    text = "今天上课很好玩。" * 400 + "我不想活了"
    assert all(len(part) <= WINDOW for part in windows(text))
    assert windows(text)[-1].endswith("我不想活了")
