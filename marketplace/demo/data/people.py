"""Who can sign in to the demo. The numbers belong to nobody; messages to them end in the outbox page."""

from dataclasses import dataclass

PASSWORD = "qiao-demo-2026"  # noqa: S105 (told to everyone at the end of `make demo`)


@dataclass(frozen=True)
class DemoChild:
    key: str
    nickname: str
    age: int
    school_year: int


@dataclass(frozen=True)
class DemoPerson:
    """Someone who signs in; `organisation` and `provider` are keys of the demo's organisations and providers."""

    key: str
    phone: str
    nickname: str
    role: str
    what: str
    what_en: str
    relation: str = "mother"
    children: tuple[DemoChild, ...] = ()
    organisation: str = ""
    provider: str = ""
    email: str | None = None


PEOPLE = (
    DemoPerson(
        key="lin",
        phone="+8613800000001",
        nickname="林女士",
        role="family",
        what="家长，两个孩子：小禾（14 岁）、小舟（9 岁）；已有预约、订单和课程",
        what_en="a parent with two children, bookings, orders and a course",
        children=(DemoChild("xiao-he", "小禾", 14, 8), DemoChild("xiao-zhou", "小舟", 9, 4)),
    ),
    DemoPerson(
        key="chen",
        phone="+8613800000002",
        nickname="陈先生",
        role="family",
        what="家长，一个孩子：安安（11 岁）",
        what_en="another parent, with one child",
        relation="father",
        children=(DemoChild("an-an", "安安", 11, 6),),
    ),
    DemoPerson(
        key="zhou-lan",
        phone="+8613800000011",
        nickname="周岚",
        role="practitioner",
        what="青禾心理的咨询师：看自己今天和这周的预约",
        what_en="a counsellor: her day and week",
        provider="zhou-lan",
    ),
    DemoPerson(
        key="wen",
        phone="+8613800000012",
        nickname="温店长",
        role="partner_staff",
        what="青禾心理的工作人员：改服务、价格和时间",
        what_en="the clinic's manager: services, prices, hours",
        organisation="qinghe",
    ),
    DemoPerson(
        key="deng",
        phone="+8613800000013",
        nickname="小灯工坊阿灯",
        role="partner_staff",
        what="小灯工坊的工作人员：看要寄的包裹",
        what_en="the workshop: parcels to send",
        organisation="little-lamp",
    ),
    DemoPerson(
        key="staff",
        phone="+8613800000021",
        nickname="平台小雨",
        role="staff",
        what="平台工作人员：回复订单问题",
        what_en="our staff: questions about orders",
        email="staff@xinqiao.example",
    ),
)
