"""The short notice can be read by somebody of 13: measured, not hoped for (OVS-14).

Chinese: short sentences, only characters of the first level of GB 2312 (the 3,755 of everyday use), no words of lawyers
or engineers, no strings of 的. English, where it is translated: the Flesch-Kincaid grade.
"""

import re

import pytest
from django.utils import translation

from marketplace.consent.notices.register.short import SHORT_NOTICE

#: Between two stops of any kind, and between two full stops.
LONGEST_CLAUSE, LONGEST_SENTENCE, MEAN_SENTENCE = 18, 36, 16
#: Of the whole notice: one screen of a phone.
MOST_CHARACTERS = 280
HARD_WORDS = (
    "个人信息", "处理者", "主体", "授权", "匿名", "脱敏", "加密", "画像", "第三方", "共享", "披露", "合规", "依法", "依据",
    "条款", "协议", "监护人", "敏感", "生物识别", "算法", "数据", "存储", "留存", "撤回", "行使", "权利", "必要", "履行",
    "基于", "相关", "进行", "予以", "以及", "上述", "如有", "系统", "用户", "平台",
)  # fmt: skip


def chinese() -> list[str]:
    with translation.override("zh-hans"):
        return [text for point in SHORT_NOTICE for text in (str(point.title), str(point.text))]


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"[。！？]", text) if part.strip()]


def clauses(text: str) -> list[str]:
    return [part for part in re.split(r"[。！？，、；：“”]", text) if part.strip()]


def length(text: str) -> int:
    return len(re.findall(r"[\u4e00-\u9fff]|\d+", text))


def is_everyday(character: str) -> bool:
    """Whether a character is of GB 2312's first level, sorted by sound: rows 16 to 55."""
    encoded = character.encode("gb2312", errors="ignore")
    return len(encoded) == 2 and 0xB0 <= encoded[0] <= 0xD7


def test_clauses_and_sentences_are_short():
    all_sentences = [sentence for text in chinese() for sentence in sentences(text)]
    assert [clause for text in chinese() for clause in clauses(text) if length(clause) > LONGEST_CLAUSE] == []
    assert [sentence for sentence in all_sentences if length(sentence) > LONGEST_SENTENCE] == []
    assert sum(map(length, all_sentences)) / len(all_sentences) <= MEAN_SENTENCE


def test_it_fits_one_screen():
    assert length("".join(chinese())) <= MOST_CHARACTERS


def test_every_character_is_an_everyday_one():
    assert {
        character for character in re.findall(r"[\u4e00-\u9fff]", "".join(chinese())) if not is_everyday(character)
    } == set()


@pytest.mark.parametrize("word", HARD_WORDS)
def test_no_words_of_lawyers_or_engineers(word):
    assert word not in "".join(chinese())


def test_the_measure_finds_a_lawyers_sentence():
    legal = (
        "基于上述目的，个人信息处理者应当依法取得监护人的单独同意并告知其处理敏感个人信息的必要性以及对个人权益的影响。"
    )
    assert any(length(clause) > LONGEST_CLAUSE for clause in clauses(legal))
    assert sum(word in legal for word in HARD_WORDS) >= 5
    assert not is_everyday("谳")


def syllables(word: str) -> int:
    """A rough count: groups of vowels, a silent e taken off."""
    found = len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower())))
    return max(1, found)


def test_the_english_reads_like_grade_seven_or_below():
    with translation.override("en"):
        text = " ".join(f"{point.title}. {point.text}" for point in SHORT_NOTICE)
    words = re.findall(r"[A-Za-z']+", text)
    if len(words) < 50:
        pytest.skip("not translated yet")
    count = len([part for part in re.split(r"[.!?:]", text) if part.strip()])
    grade = 0.39 * len(words) / count + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    assert grade <= 7
