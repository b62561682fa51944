"""Invented posts and answers of the demo's community; each is marked 示例."""

from dataclasses import dataclass, field

MARK = "（示例）"


@dataclass(frozen=True)
class DemoThread:
    """One post with its answers; writers are numbers of invented members, and days ago it was shown."""

    need: str
    band: str
    writer: int
    days: int
    text: str
    answers: tuple[tuple[int, str], ...] = ()
    hugs: tuple[int, ...] = field(default=())


#: How many invented members write.
MEMBERS = 7

THREADS: tuple[DemoThread, ...] = (
    DemoThread(
        "exams",
        "15-18",
        0,
        6,
        "期中没考好，回家的路上一直在想怎么说。后来在楼下坐了十分钟，把要说的第一句写在手机里，照着念的。其实说出来也没有想的那么可怕。",
        (
            (1, "“先写下第一句”这个办法我要记下来。"),
            (2, "楼下那十分钟，我也坐过。抱抱你。"),
            (0, "谢谢你们。今天好多了。"),
        ),
        (1, 2, 3, 4),
    ),
    DemoThread(
        "exams",
        "15-18",
        3,
        1,
        "离月考还有三天，卷子堆成一座小山。我决定今晚只做最上面的两张，做完就睡。给自己写在这里，明天来打卡。",
        ((4, "两张就很好。我也陪你做两张。"),),
        (5,),
    ),
    DemoThread(
        "friends",
        "15-18",
        5,
        4,
        "最好的朋友和别人坐到一起吃饭了。我知道这没什么，可还是在食堂绕了一大圈，假装在找座位。",
        (
            (6, "绕一大圈的那种感觉我懂。后来我直接问了一句“我可以坐这儿吗”，她们就挪了挪。"),
            (5, "明天我试试。"),
        ),
        (0, 2, 6),
    ),
    DemoThread(
        "sleep",
        "15-18",
        2,
        3,
        "住校第二周，熄灯以后总想家。昨晚数着上铺的木条，数到四十二睡着了。",
        ((1, "四十二！我数过瓷砖。"),),
        (1, 3),
    ),
    DemoThread(
        "home",
        "15-18",
        4,
        2,
        "外婆每天问我“吃了没”，我嫌烦。今天翻到她写的纸条，字歪歪扭扭，写着我爱吃的菜。突然想给她打个电话。",
        ((0, "打吧，她一定高兴。"),),
        (0, 1, 2, 3, 5, 6),
    ),
    DemoThread(
        "feelings",
        "12-14",
        1,
        2,
        "今天差点跟同桌吵起来。我去走廊把一百往回数到七十，火就小了。回来发现他已经把我的橡皮还了。",
        ((3, "走廊是个好地方。"),),
        (2,),
    ),
    DemoThread(
        "new-places",
        "12-14",
        6,
        5,
        "刚上初一的时候谁也不认识，我给自己的任务是每天跟一个人说一句话。第一天说的是“借过”。",
        ((5, "哈哈，也算一句！"),),
        (3, 4),
    ),
    DemoThread(
        "self",
        "8-11",
        2,
        3,
        "写给小学的你：我小时候也总觉得自己跑得慢、画得丑。后来发现，慢慢跑的人看见的云最多。",
        ((6, "写给小学的你：不会的题，明天再问一次，没有人会笑话你。"),),
        (0, 1),
    ),
)
