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
    """Someone who signs in, a teen by `login_name` and with an own profile (key of a child) instead of a phone.

    `organisation` and `provider` are keys of the demo's organisations and providers, `invited_by` of a guardian.
    """

    key: str
    phone: str | None
    nickname: str
    role: str
    what: str
    what_en: str
    relation: str = "mother"
    children: tuple[DemoChild, ...] = ()
    organisation: str = ""
    provider: str = ""
    email: str | None = None
    duties: tuple[str, ...] = ()
    is_lead: bool = False
    login_name: str | None = None
    own_profile: str = ""
    invited_by: str = ""

    @property
    def sign_in(self) -> str:
        """What is typed in to sign in."""
        return self.login_name or (self.phone or "").removeprefix("+86")


_LIN_CHILDREN = (DemoChild("xiao-he", "小禾", 15, 9), DemoChild("xiao-zhou", "小舟", 9, 4))

PEOPLE = (
    DemoPerson(
        key="lin",
        phone="+8613800000001",
        nickname="林女士",
        role="family",
        what="家长，两个孩子：小禾（15 岁，有自己的账号）、小舟（9 岁）；已有预约、订单和课程",
        what_en="a parent with two children, bookings, orders and a course",
        children=_LIN_CHILDREN,
    ),
    DemoPerson(
        key="he",
        phone="+8613800000003",
        nickname="何先生",
        role="family",
        what="林女士家的另一位监护人：看得到预约的时间和价格，看不到小禾约的是什么",
        what_en="the second guardian: sees when and how much, not what the teenager booked",
        relation="father",
        children=_LIN_CHILDREN,
        invited_by="lin",
    ),
    DemoPerson(
        key="xiao-he-self",
        phone=None,
        login_name="xiaohe",
        nickname="小禾",
        role="teen",
        what="15 岁，自己的账号（登录名，没有手机号）：看自己的预约、家庭和谁看过自己的信息",
        what_en="a teenager of 15 with an account of her own: her bookings, her family, who saw her data",
        own_profile="xiao-he",
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
        key="yan",
        phone="+8613800000014",
        nickname="望山小严",
        role="partner_staff",
        what="望山社区服务站的工作人员：活动资金和对账单",
        what_en="the community station: activity money and statements",
        organisation="wangshan-community",
    ),
    DemoPerson(
        key="staff",
        phone="+8613800000021",
        nickname="平台小雨",
        role="staff",
        what="平台工作人员，一直在值班：回复订单问题、财务",
        what_en="our staff, always on duty: questions about orders, finance",
        email="staff@xinqiao.example",
        duties=("support", "safety", "review", "privacy", "finance", "counselling", "content", "moderation"),
    ),
    DemoPerson(
        key="lead",
        phone="+8613800000022",
        nickname="平台负责人老沈",
        role="staff",
        what="平台负责人：排班、管理后台、财务复核、安全演练",
        what_en="our lead: shifts, the admin site, the second person for money and for names, safety drills",
        email="lead@xinqiao.example",
        duties=("privacy", "finance", "safety", "content", "moderation"),
        is_lead=True,
    ),
)
