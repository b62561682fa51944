"""What the demo's community plans: kind, small, and made up."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoActivity:
    """`days` from today, negative for the past; resources as (kind, how many, a word)."""

    title: str
    summary: str
    description: str
    need: str
    audience: str
    days: int
    hour: int
    minutes: int
    capacity: int
    resources: tuple[tuple[str, int, str], ...] = ()
    is_published: bool = True


ADDRESS = "山脚路 5 号社区中心 2 楼活动室"

COMING = DemoActivity(
    "一起做一只纸灯",
    "彩纸、竹圈和一点点耐心。做着做着，话就多起来了。",
    "先围着桌子认识一下，再一家人做一只纸灯。做好的灯带回家，也可以挂在社区的走廊里。\n有人会手语，走廊和厕所都能进轮椅。",
    "home",
    "families",
    9,
    10,
    120,
    24,
    (("helper", 3, "会手语的最好"), ("material", 24, "彩纸、竹圈"), ("snack", 24, "水果")),
)
PLANNED = DemoActivity(
    "考前一家人",
    "考前两周，家里的话怎么说。",
    "请一位咨询师来讲四十分钟，再分小组说说自己家。孩子可以在隔壁画画。",
    "exams",
    "parents",
    16,
    14,
    90,
    30,
    (("speaker", 1, "讲四十分钟，留时间提问"), ("helper", 2, ""), ("venue", 1, "活动室我们自己有"), ("snack", 30, "")),
    is_published=False,
)
PAST = DemoActivity(
    "手机放一边的下午",
    "两个小时，大人和孩子都把手机放进一个篮子里。",
    "桌游、跳绳、下棋，还有一壶热茶。没有人讲课。",
    "screens",
    "families",
    -6,
    14,
    120,
    30,
    (("helper", 2, ""), ("snack", 30, "")),
)

#: (how helpful, would come again), of those who came to what is past.
ANSWERS = (
    (5, True),
    (4, True),
    (5, True),
    (4, True),
    (3, True),
    (5, True),
    (4, False),
    (4, True),
    (5, True),
    (3, False),
)
LANGUAGES = ("普通话", "四川话", "手语")
CAMPAIGN_TITLE = "冬天里的家长夜话（示例）"
CAMPAIGN_TEXT = (
    "天黑得早，正好坐下来说话。平台出一位讲者和茶点的钱，你们出一间暖和的屋子。愿意的话，写一个活动计划就行。"
)
