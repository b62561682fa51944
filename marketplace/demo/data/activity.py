"""What the demo families have done and planned, counted in days from today."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Visit:
    """A booked session on the first free time from `days` on; those before today were held."""

    person: str
    child: str
    item: str
    days: int
    question: str = ""
    answer: str = ""


@dataclass(frozen=True)
class Purchase:
    """An order without a time; `shipped_by` sends its parcel, `lessons` of its course are finished."""

    person: str
    items: tuple[str, ...]
    days: int
    region: str = ""
    address: str = ""
    shipped_by: str = ""
    lessons: int = 0
    question: str = ""


@dataclass(frozen=True)
class Asked:
    """A session a young person chose and asks a guardian to pay, on the first free time from `days` on."""

    person: str
    child: str
    guardian: str
    item: str
    days: int
    message: str


@dataclass(frozen=True)
class Wish:
    """A session on the first free time from `days` on."""

    person: str
    child: str
    item: str
    days: int


@dataclass(frozen=True)
class Series(Wish):
    """`count` sessions, one a week."""

    count: int = 4


@dataclass(frozen=True)
class ThinGroup(Wish):
    """A place in an extra session of a group, for which fewer than `minimum` have signed up."""

    at: str = "19:00"
    seats: int = 8
    minimum: int = 4


SERIES = Series("lin", "xiao-zhou", "li-ruo-chu-play", 4)
THIN_GROUP = ThinGroup("lin", "xiao-he", "group-exam-calm", 9)
REQUEST = Wish("chen", "an-an", "he-jing-ming-start", 3)

ASK = Asked("xiao-he-self", "xiao-he", "lin", "zhou-lan-talk", 6, "谢谢妈妈，这次我自己去就行。")

VISITS = (
    Visit("chen", "an-an", "li-ruo-chu-play", -48),
    Visit("lin", "xiao-he", "zhou-lan-talk", -45),
    Visit(
        "lin",
        "xiao-he",
        "zhou-lan-first",
        -20,
        question="第一次来，需要带什么吗？",
        answer="不用特别准备，提前五分钟到就好。孩子想带一本喜欢的漫画也可以。",
    ),
    Visit("lin", "xiao-he", "zhou-lan-talk", -9),
    Visit("chen", "an-an", "li-ruo-chu-play", -8),
    Visit("chen", "an-an", "qinghe-exam-call", 1),
    Visit("lin", "xiao-he", "zhou-lan-talk", 3),
    Visit("lin", "xiao-zhou", "group-play-friends", 2),
    Visit("he", "xiao-he", "qinghe-exam-call", 5),
)

PURCHASES = (
    Purchase(
        "lin",
        ("three-minute-breath", "weather-cards"),
        -6,
        region="示例市湖滨区",
        address="柳岸路 66 号 3 幢 502",
        shipped_by="deng",
        lessons=2,
        question="包裹大概什么时候能到？周末家里没有人，可以放在门卫那里吗？",
    ),
    Purchase("chen", ("breathing-pebble",), -1, region="示例市南门区", address="书院街 20 号 1 单元 301"),
)
