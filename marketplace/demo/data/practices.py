"""What a young person of the demo kept of practices, and their coping plan. Everything is invented."""

#: Days ago, practice, felt before and after (None: not said), what was written.
RUNS: tuple[tuple[int, str, int | None, int | None, dict[str, str]], ...] = (
    (24, "breathing", 7, 5, {}),
    (22, "grounding", 8, 6, {}),
    (
        21,
        "thoughts",
        7,
        5,
        {
            "happened": "（示例）数学卷子发下来，71 分，老师在我桌边停了一下。",
            "feelings": "难过，丢脸，喉咙发紧",
            "thought": "老师一定觉得我不行",
            "for_it": "这次比上次低",
            "against_it": "老师什么也没说；上周还让我讲过一道题",
            "fuller": "虽然这次没考好，不过老师停一下，不一定是失望。",
            "now": "好一点。明天问一道错题。",
        },
    ),
    (17, "breathing", 6, 6, {}),
    (14, "gratitude", None, 2, {"first": "（示例）柿饼很甜", "second": "外婆在厨房哼歌", "third": "我跟她说了实话"}),
    (9, "breathing", 5, 6, {}),
    (
        5,
        "small-steps",
        6,
        4,
        {"goal": "（示例）上课举一次手", "step1": "和英语老师对看一下，笑一笑", "step2": "下课问一个问题"},
    ),
    (2, "breathing", 6, 4, {}),
)

#: Days ago, and the plan as it was saved then.
PLANS: tuple[tuple[int, dict[str, str]], ...] = (
    (20, {"signs": "（示例）不想说话\n胸口发紧", "helps": "跟着圆呼吸", "adults": "妈妈：139 0000 0000（示例）"}),
    (
        6,
        {
            "signs": "（示例）不想说话\n胸口发紧\n把自己关在房间",
            "helps": "跟着圆呼吸\n用冷水洗把脸\n画乱线",
            "places": "图书馆靠窗的座位\n外婆家的院子",
            "adults": "妈妈：139 0000 0000（示例）\n班主任：139 0000 0001（示例）\n开头就说：我今天不太好，你能听我说一会儿吗",
            "safe": "请妈妈一起把屋子收一收\n难受的晚上，房门留一条缝",
            "hopes": "和外婆说好明年去看海\n周末的画画课",
        },
    ),
)
