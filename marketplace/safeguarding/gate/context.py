"""What stands round a phrase and changes what it means: denied, over, quoted, said of somebody else, asked in general."""

import re
from dataclasses import dataclass

_BEFORE = 14

_DENIED = re.compile(
    r"(?:没有?|不是|不会|并不|从来没|绝不会?|不可能|又不|别以为我|才不|没那么|并没有)(?:真的?)?(?:想过?|要去?|打算|再|会|觉得|有)?(?:要|过|去|什么|任何)?[^。，,！!？?]{0,3}$"
)
_OVER = re.compile(
    r"(?:以前|之前|曾经|去年|前年|小时候|那时候?|当时|初[一二三]的?时候|小学时?|有段时间|那段时间|过去)[^。！!？?]{0,50}"
    r"(?:现在|后来|如今|这会儿|今年)[^。！!？?]{0,20}(?:好(?:多|很多|了|起来|些)|不(?:再|会|那么|这样|想)|走出来|过去了|没(?:有)?(?:再|了)|熬过来|挺过来|开心|缓过来)"
)
_STILL = re.compile(r"(?:但|可|可是|但是|不过|然而|却)[^。]{0,8}(?:又|还是|还|最近|现在|今天)")
_QUOTED_WORK = re.compile(
    r"(?:歌词|歌里|这首歌|小说|电影|电视剧|剧里|剧情|番|动漫|漫画|主角|男主|女主|角色|台词|课文|作文|阅读理解|史记|历史|诗|名著|新闻|热搜|讲座|海报|宣传|科普|论文|题目|辩题|游戏|剧本杀|狼人杀|密室|三国|红楼|水浒|鲁迅|屈原|海子|项羽|哈姆|少年维特|活着这本|余华)"
)
#: Words of a work that the writer takes for their own: 我也想那样, 轮到我了.
_MADE_ONES_OWN = re.compile(
    r"我(?:也|就|真|真的|好|只|现在|其实|最近|又|还)?(?:不?想(?!问|知道|看|写|买|听|推|找|要个|请)|羡慕|要走|懂他|懂她|理解他|理解她)"
    r"|我也(?!喜欢|看|听|读|在|是|哭)|(?:像|跟|和)[他她它][^，。]{0,4}一样|轮到我|借来用|等我|说的(?:就)?是我|写的(?:就)?是我"
)
_SUPPORTING = re.compile(
    r"(?:抱抱|别(?:想不开|放弃|做傻事|难过|伤害自己|这样想)|你(?:不是|一定|要|很|可以|值得|并不)|不是你的错|加油|会好(?:的|起来)|我(?:陪|懂|理解)你|给你打|打个?(?:12356|热线|电话)|和(?:大人|老师|爸妈)(?:说|讲|聊)|慢慢来|谢谢你|心疼你|楼主|帖主|宝子你|姐妹你)"
)
_FRIEND = re.compile(
    r"(?:她|他|ta|同学|朋友|闺蜜|室友|舍友|同桌|后桌|前桌|儿子|女儿|孩子|娃|弟弟|妹妹|表[姐妹哥弟]|堂[姐妹哥弟]|哥们|兄弟|学生|网友|班里有|我们班|姐姐|哥哥|我弟|我妹)"
)
_I = re.compile(r"(?:我(?!们班|的?(?:同学|朋友|闺蜜|室友|舍友|同桌|儿子|女儿|孩子|弟|妹|学生|哥们))|自己|俺|老子|本人)")


@dataclass(frozen=True, slots=True)
class Context:
    """Facts about a text as a whole."""

    over: bool
    quoted_work: bool
    quoted: bool
    supporting: bool
    of_somebody_else: bool


def context_of(plain: str) -> Context:
    """Return what the whole of a folded text says about how its words are meant."""
    return Context(
        over=bool(_OVER.search(plain)) and not _STILL.search(plain),
        quoted_work=("《" in plain or bool(_QUOTED_WORK.search(plain))) and not _MADE_ONES_OWN.search(plain),
        quoted=plain.count('"') >= 2 or "《" in plain,
        supporting=bool(_SUPPORTING.search(plain)),
        of_somebody_else=bool(_FRIEND.search(plain)) and len(_I.findall(plain)) <= len(_FRIEND.findall(plain)),
    )


def is_denied(text: str, start: int) -> bool:
    """Whether what begins at `start` is denied by the words just before it: 没有想, 不是要, 不会."""
    return bool(_DENIED.search(text[max(0, start - _BEFORE) : start]))
