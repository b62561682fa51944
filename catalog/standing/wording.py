"""Words that only medical institutions may use, and promises nobody may make (精神卫生法 art. 23, 51; 广告法 art. 16).

Nothing is decided by a machine that a person could not see: every finding shows the sentence and says what to write
instead. Saying what one does *not* do, or whom one sends people to, is not forbidden.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_SUPPORT = _("可以写“支持”“陪伴”或“咨询”")
_UNDERSTAND = _("可以写“了解情况”或“一起看看需要什么”")
_BETTER = _("可以写“慢慢好起来”，不作保证")
_DOCTOR = _("药要由医生来开，可以写“需要时介绍去医院”")
_VISITOR = _("可以写“来访者”“孩子”或“家庭”")
_CHANGE = _("可以写“变化”，并说明因人而异")
_PROMISE = _("效果不能保证，请删掉这句话，或写“可能会有帮助”")

#: What only medical institutions may say, with what to write instead.
MEDICAL_WORDS: tuple[tuple[str, Promise], ...] = (
    (r"心理治疗|治疗师|治疗|医治|诊治|疗法|疗程", _SUPPORT),
    (r"诊断|确诊|问诊|会诊|看诊|出诊", _UNDERSTAND),
    (r"治愈|痊愈|康复率|治好", _BETTER),
    (r"处方|开药|用药|配药|停药", _DOCTOR),
    (r"患者|病人|病友", _VISITOR),
    (r"疗效|药到病除", _CHANGE),
    (r"\b(?:treat(?:s|ed|ing|ment|ments)?|therap(?:y|ies)|psychotherap\w+)\b", _SUPPORT),
    (r"\bdiagnos\w*\b", _UNDERSTAND),
    (r"\b(?:cure[sd]?|curing|remission)\b", _BETTER),
    (r"\bprescri\w+\b|\bmedicat\w+\b", _DOCTOR),
    (r"\bpatients?\b", _VISITOR),
)
#: What nobody may promise, licensed or not.
PROMISES: tuple[tuple[str, Promise], ...] = (
    (
        r"根治|包好|包治|保证(?:有效|见效|好转|效果)|百分之百有效|100\s*%\s*(?:有效|见效)|永不复发|立竿见影|一次见效",
        _PROMISE,
    ),
    (r"\bguaranteed?\s+(?:results?|to\s+work|recovery)\b|\b100\s*%\s*effective\b", _PROMISE),
)
#: In front of a word, these say that it is just what is not done; in its sentence, who does it instead.
_NOT = re.compile(
    r"(?:不|非|没有|无法|无权|并非|不能代替|不可代替|不替代|禁止)[^，。；！？,.;!?]{0,8}$|\b(?:not|no|never|without|nor)\b[^.,;!?]{0,20}$",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"转介|就医|去医院|到医院|医疗机构|医生那里|看医生|\bhospital\b|\bsee a doctor\b|\brefer", re.IGNORECASE
)
_SENTENCE = re.compile(r"[^。；！？\n.;!?]+")
_PART = re.compile(r"[^，。；！？\n,.;!?]+")
#: What people write between characters so that a word is not found.
_BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff])[\s·\-_*.]+(?=[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Finding:
    """A word that may not stand there: where, in which words, and what to write instead."""

    field: str
    word: str
    sentence: str
    suggestion: str | Promise


def check_words(texts: Mapping[str, str], *, may_use_medical_words: bool) -> list[Finding]:
    """Return what may not be said in these texts (by the name of their field), in the order in which it stands."""
    rules = PROMISES if may_use_medical_words else (*MEDICAL_WORDS, *PROMISES)
    return [finding for field, text in texts.items() for finding in _findings(field, text or "", rules)]


def _findings(field: str, text: str, rules: Sequence[tuple[str, Promise]]) -> list[Finding]:
    found: dict[tuple[int, str], Finding] = {}
    for sentence in _SENTENCE.finditer(_BETWEEN.sub("", text)):
        for part in _PART.finditer(sentence.group()):
            for match, suggestion in _matches(part.group(), rules):
                if not _is_said_of_others(part.group()[: match.start()], sentence.group(), suggestion):
                    place = sentence.start() + part.start() + match.start(), match.group()
                    found.setdefault(place, Finding(field, match.group(), part.group().strip(), suggestion))
    return [found[place] for place in sorted(found)]


def _matches(words: str, rules: Sequence[tuple[str, Promise]]) -> Iterator[tuple["re.Match[str]", Promise]]:
    for pattern, suggestion in rules:
        for match in re.finditer(pattern, words, re.IGNORECASE):
            yield match, suggestion


def _is_said_of_others(before: str, sentence: str, suggestion: Promise) -> bool:
    """Whether a sentence says that it is not done here, or who does it instead. A promise stays one."""
    return suggestion is not _PROMISE and bool(_NOT.search(before) or _ELSEWHERE.search(sentence))
