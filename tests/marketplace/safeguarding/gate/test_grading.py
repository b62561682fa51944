"""What the gate makes of texts: dangers plain and in disguise, what surrounds them, and what only sounds like one.

The sentences are the tests' own. How often it is right is not shown here but by `make show-safety`.
"""

import pytest

from marketplace.safeguarding.enums import DANGERS, Kind, Level
from marketplace.safeguarding.gate.grading import grade
from marketplace.safeguarding.gate.model import Model, the_model
from marketplace.safeguarding.gate.normalising import fold
from marketplace.safeguarding.gate.phrases import read


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我不想活了", Kind.SELF_HARM),
        ("今晚就从楼顶跳下去", Kind.SELF_HARM),
        ("又割手了，血止不住", Kind.SELF_HARM),
        ("他们把我堵在厕所里打", Kind.HARM_BY_OTHERS),
        ("他说不给钱就把裸照发给全班", Kind.HARM_BY_OTHERS),
        ("继父昨晚又进我房间摸我", Kind.ABUSE),
        ("我爸喝醉了拿皮带抽我", Kind.ABUSE),
        ("明天我带刀去学校捅死他", Kind.HARM_TO_OTHERS),
        ("吃完饭我就去厕所抠喉咙吐掉", Kind.EATING),
    ],
)
def test_plain_dangers_have_their_kind(text: str, kind: Kind) -> None:
    found = grade(text)
    assert found.is_danger, found
    assert found.kind == kind or {found.kind, kind} <= {Kind.ABUSE, Kind.HARM_BY_OTHERS}


@pytest.mark.parametrize(
    "text",
    [
        "bxhl真的", "不 想 活 了", "想紫砂", "我想zi sha", "我不想“活”了", "今晚🔪割腕", "zs的念头又来了",
        "我想死掉，真的，每天都想", "沒有人在乎我，我想死",
    ],
)  # fmt: skip
def test_dangers_in_disguise(text: str) -> None:
    assert grade(text).is_danger


@pytest.mark.parametrize(
    "text",
    [
        "笑死我了哈哈哈", "困死了，想睡觉", "作业多得要死", "这个价格是跳楼价", "电视剧今天杀青", "想死你啦，快回来",
        "社死现场", "秒杀抢到了", "手机死机了", "死记硬背真累", "今天吃撑了去散步", "周末一起打篮球吗",
        "这道题用死办法也能做出来", "狼人杀来不来", "刀削面好吃", "紫砂壶泡茶", "下周艺术节", "我们班赢啦",
    ],
)  # fmt: skip
def test_everyday_look_alikes_raise_nothing(text: str) -> None:
    found = grade(text)
    assert not found.is_danger and not found.is_near, found


@pytest.mark.parametrize(
    "text", ["今天考砸了好难过", "跟好朋友吵架了，想哭", "爸妈又吵架，我躲在房间里", "失恋了，睡不着"]
)
def test_ordinary_pain_is_no_danger(text: str) -> None:
    assert not grade(text).is_danger


def test_denied_and_over_are_read_as_such() -> None:
    assert not read(fold("我没有想自杀，你别担心")).meant
    assert not read(fold("以前天天想死，现在好多了")).meant
    assert read(fold("以前天天想死，现在好多了，可是最近又想死")).meant


def test_a_work_that_is_quoted_is_not_the_writer() -> None:
    assert not read(fold("《雷雨》里四凤自杀那段，作业要写感想")).meant


def test_a_friend_is_known_as_one() -> None:
    found = grade("我同桌说她不想活了，我好怕")
    assert found.is_danger and found.of_somebody_else
    assert not grade("我不想活了").of_somebody_else


@pytest.mark.parametrize("text", ["", "   ", "。。。", "1234567890", "\u200b\u200b", "a" * 5000, "好" * 5000])
def test_any_text_gets_a_grade(text: str) -> None:
    found = grade(text)
    assert 0 <= found.score <= 1 and (found.kind in DANGERS) == (found.level >= Level.CONCERN)


def test_the_end_of_a_long_text_counts() -> None:
    assert grade("今天天气不错，我们去打球。" * 120 + "我不想活了，今晚就从楼上跳下去").is_danger


def test_signs_never_hold_words() -> None:
    assert all(sign.isascii() for sign in grade("我不想活了，今晚就从楼顶跳下去").signs)


def test_the_model_is_read_once_and_only_when_asked() -> None:
    assert the_model() is the_model()
    assert isinstance(the_model(), Model)


@pytest.mark.parametrize(
    "text",
    [
        "我听到了。",
        "我听见你说的了",
        "我在这儿呢",
        "我也一样呀",
        "我懂的",
        "我回来看你了",
        "我刚看到",
        "我读了",
        "我先下啦",
        "嗯，我听着",
    ],
)
def test_a_kind_short_reply_alarms_nobody(text: str) -> None:
    found = grade(text)
    assert found.level <= Level.DISTRESS, found
