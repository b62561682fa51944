"""Which of a few themes a text speaks of: by several signs together, never by one word.

Self-harm and violence are told by the gate, which reads the whole sentence (negation, quotation, jokes). News of a loss
the gate does not grade, so it is told here by three groups of signs: what happened, to whom, and how it spreads. What
happened alone is nothing ("手机没了"), and with a person it may be private grief ("奶奶走了"): only with the third group,
or with somebody of the school and a word that can mean nothing else, is it news of the kind that spreads.
"""

import re

from marketplace.safeguarding.enums import Kind, Level
from marketplace.safeguarding.gate.idioms import without_idioms
from marketplace.safeguarding.gate.normalising import fold

from .enums import Theme

_VIOLENT = (Kind.HARM_BY_OTHERS, Kind.ABUSE, Kind.HARM_TO_OTHERS)

#: Can mean nothing but a death or an attempt.
_PLAIN = re.compile(
    r"去世|离世|逝世|轻生|自杀|跳楼|坠楼|跳下来|跳了下|想不开|走上绝路|身亡|抢救|不治|遗书|生命.{0,4}(?:停|定格)|永远(?:离开|停在)"
)
#: May mean it.
_VEILED = re.compile(
    r"没了|走了|不在了|出事|离开了我们|离开这个世界|再也(?:见|看|等|醒)不|没(?:能)?(?:救|抢)(?:回|过)来|死了|跳了"
)
_FROM_SCHOOL = re.compile(
    r"同学|同桌|室友|学[长姐弟妹]|校友|班长|隔壁班|[一二三四五六七八九十\d]+班的|(?:初|高)[一二三]的|(?:初|高)[一二三].{0,3}(?:男|女)生"
    r"|我们(?:学校|年级|班)|隔壁(?:学校|宿舍)|邻校|(?:男|女)生|老师|网友|群友|那个(?:孩子|女孩|男孩)"
)
_SPREADS = re.compile(
    r"听说|据说|传开|都在传|都在说|群里|朋友圈|空间里|热搜|新闻|视频|照片|帖子|通报|辟谣|真的假的|是真的吗|你们(?:看到|知道|听说)"
    r"|警戒线|警车|救护车|警察|封(?:了|锁)|天台|楼下|校门口|放假|停课|默哀|悼念|蜡烛|白花|白菊|一路走好|节哀|安息|r\.?i\.?p"
)
#: Denied, asked about or taught: taken out before the signs are looked for.
_NO_NEWS = re.compile(
    r"(?:没有?|不是|并无|近.{1,3}无|没那个).{0,6}(?:想不开|轻生|自杀|跳楼)(?:的?(?:念头|想法|意思))?"
    r"|(?:轻生|自杀)的?(?:念头|想法|干预|预防|宣传|式)|(?:预防|干预)(?:自杀|轻生)|(?:是不是|以为我|说我|问我).{0,4}(?:想|要)?(?:自杀|想不开|跳楼|轻生)|当场去世"
)
#: A family's or a pet's death is grief of one's own.
_OWN = re.compile(
    r"(?:爷爷|奶奶|外公|外婆|姥姥|姥爷|太[爷奶]|爸爸|妈妈|我爸|我妈|叔叔|舅舅|姑姑|小?狗|猫|仓鼠|乌龟|金鱼|兔子)"
)
#: History, films and lessons.
_TOLD = re.compile(r"电影|小说|电视剧|动漫|课文|历史|作文|题目|诗人|作者|朝|皇帝|游戏里|剧情|结局|主角")


def themes_of(text: str, *, kind: str, level: int) -> frozenset[Theme]:
    """Return the themes of a text; `kind` and `level` are what the gate found in it."""
    found = set()
    if level >= Level.CONCERN and kind == Kind.SELF_HARM:
        found.add(Theme.SELF_HARM)
    if level >= Level.CONCERN and kind in _VIOLENT:
        found.add(Theme.VIOLENCE)
    if speaks_of_a_loss(text):
        found.add(Theme.LOSS)
    return frozenset(found)


def speaks_of_a_loss(text: str) -> bool:
    """Return whether a text passes on that somebody (not of one's own family, not in a story) died or nearly did."""
    plain = _NO_NEWS.sub("〇", without_idioms(fold(text).plain))
    if _TOLD.search(plain):
        return False
    person, spreads = bool(_FROM_SCHOOL.search(plain)), bool(_SPREADS.search(plain))
    if _PLAIN.search(plain):
        return spreads or (person and not _OWN.search(plain))
    return bool(_VEILED.search(plain)) and person and spreads
