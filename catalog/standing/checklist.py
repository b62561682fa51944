"""What associations look at when they assess an organisation. A changed list is a new version; old answers keep theirs."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .enums import Answer, AssessmentResult

VERSION = 1


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to look at; nobody meets the standard who fails an essential one."""

    key: str
    words: Promise
    is_essential: bool = False


POINTS: tuple[Point, ...] = (
    Point("licence", _("证照齐全、在有效期内，并且挂出来"), is_essential=True),
    Point("people", _("每位咨询师的学历、受训小时和注册信息核对过"), is_essential=True),
    Point("supervision", _("每位咨询师有固定的督导"), is_essential=True),
    Point("secrecy", _("保密和它的例外写在明处，孩子听得懂"), is_essential=True),
    Point("danger", _("遇到危险知道找谁，演练过"), is_essential=True),
    Point("boundary", _("超出能力的及时介绍去医院"), is_essential=True),
    Point("words", _("宣传没有夸大，没有保证效果")),
    Point("fees", _("收费和退款规则写清楚，先说后收")),
    Point("complaints", _("投诉有人管，有期限，有答复")),
    Point("places", _("房间隔音，出入方便，孩子觉得安全")),
)
KEYS = tuple(point.key for point in POINTS)


def result_of(answers: Mapping[str, str]) -> AssessmentResult:
    """Return what answers to every point come to."""
    failed = [point for point in POINTS if answers.get(point.key) == Answer.NO]
    if any(point.is_essential for point in failed):
        return AssessmentResult.FAILS
    if failed or any(answers.get(key) == Answer.PARTLY for key in KEYS):
        return AssessmentResult.PARTLY
    return AssessmentResult.MEETS
