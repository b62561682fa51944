"""Whether a text passes on news of a loss: by several signs, never by one word."""

import pytest

from cms.community.postvention import drill_texts
from cms.community.postvention.enums import Theme
from cms.community.postvention.themes import speaks_of_a_loss, themes_of
from marketplace.safeguarding.enums import Kind, Level

NEWS = (
    "听说二中有人跳楼了，真的假的",
    "我们班的一个男生昨天去世了，大家都在哭",
    "你们看到群里那个视频了吗，有个女生从楼上跳下来",
    "隔壁宿舍的学姐没救过来，今天停课了",
    "朋友圈都是一路走好，那个网友真的走了",
    "楼下好多警车，都在传高三有人轻生",
)
NO_NEWS = (
    "外公去世三年了，今天梦到他",
    "爷爷走了以后家里好安静",
    "我的小狗没了",
    "这次考试死了死了，最后一道大题没写",
    "老师说明天放假，群里都在欢呼",
    "听说食堂换了师傅，走了走了去吃饭",
    "同学都走了，教室只剩我一个",
    "那部电影里同学跳楼那段看哭了",
    "课文里说诗人去世以后朋友圈都在悼念，笑死",
    "手机没了，朋友圈也发不了",
    "我好难过，不想上学",
    "班长转学离开了我们班",
)


@pytest.mark.parametrize("text", NEWS + drill_texts.NEWS)
def test_news_of_a_loss(text):
    assert speaks_of_a_loss(text)


@pytest.mark.parametrize("text", NO_NEWS + drill_texts.EVERYDAY)
def test_grief_of_ones_own_jokes_and_lessons_are_no_news(text):
    assert not speaks_of_a_loss(text)


def test_what_the_gate_found_is_a_theme_from_concern_on():
    assert themes_of("……", kind=Kind.SELF_HARM, level=Level.CONCERN) == {Theme.SELF_HARM}
    assert themes_of("……", kind=Kind.ABUSE, level=Level.URGENT) == {Theme.VIOLENCE}
    assert themes_of("……", kind=Kind.DISTRESS, level=Level.DISTRESS) == set()
    assert themes_of("……", kind=Kind.SELF_HARM, level=Level.DISTRESS) == set()
