"""Talks of the demo, and what its people sent in for the library. People and places are invented and marked so."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoTalk:
    """One talk, so many days from the day of loading, at an hour in Shanghai."""

    slug: str
    title: str
    summary: str
    description: str
    speaker: str
    speaker_role: str
    partner: str
    partner_name: str
    audience: str
    need: str
    days: int
    hour: int
    minutes: int
    seats: int
    place: str = "site"
    address: str = ""
    how_to_join: str = ""
    access: str = ""
    signed_up: tuple[int, ...] = ()


TALKS = (
    DemoTalk(
        slug="before-the-exams",
        title="考前这一个月，家里怎么说话",
        summary="九十分钟，聊聊考前的饭桌、手机和睡觉。",
        description="先听两段家里常有的对话，再三四个人一组，试试换一种说法。\n不点名，不用发言，听听也可以。",
        speaker="周宁（示例）",
        speaker_role="学校心理老师",
        partner="school",
        partner_name="青石中学（示例）",
        audience="adult",
        need="exams",
        days=9,
        hour=19,
        minutes=90,
        seats=40,
        address="青石中学报告厅（示例地址）",
        access="有坡道和无障碍卫生间，门口有人接。",
        signed_up=(2, 1, 2, 1),
    ),
    DemoTalk(
        slug="sleep-for-teens",
        title="睡不着的晚上：写给中学生的一小时",
        summary="线上，不开摄像头。讲讲身体为什么不肯睡，试两个小办法。",
        description="四十分钟讲，二十分钟把问题写在纸条里，主讲人念出来回答，不知道是谁写的。",
        speaker="林知行（示例）",
        speaker_role="注册心理师（示例）",
        partner="own",
        partner_name="",
        audience="15-18",
        need="sleep",
        days=16,
        hour=20,
        minutes=60,
        seats=100,
        place="online",
        how_to_join="开始前十分钟，从这一页进入（示例，没有真的会议）。",
        signed_up=(1, 1, 1),
    ),
    DemoTalk(
        slug="grandparents-and-kids",
        title="爷爷奶奶带孩子：脾气上来的时候",
        summary="社区里的小讲座，说方言也行，带孩子来也行。",
        description="讲三个常见的场面：不肯写作业、抢手机、说不想上学。\n旁边的房间有人陪小朋友画画。",
        speaker="秦阿姨（示例）",
        speaker_role="社区工作者",
        partner="community",
        partner_name="望山社区（示例）",
        audience="adult",
        need="home",
        days=5,
        hour=15,
        minutes=75,
        seats=6,
        address="望山社区活动室（示例地址）",
        access="一楼，轮椅可以进。",
        signed_up=(2, 2, 2, 1),
    ),
)

STORY = (
    "陪他坐在楼梯口的那个晚上",
    "他关上门，我在门外站了很久。我没有再敲门，就在楼梯口坐下。\n"
    "过了一会儿，门开了一条缝。他说，你怎么还在。我说，我也睡不着。\n"
    "我们就这样坐着，谁也没有讲道理。后来他说了一句：明天能不能陪我去找那个老师。\n"
    "我说好。这是我那一年说过最短的一句话。",
)
WORK = (
    "薄荷",
    "窗台上有三盆薄荷。\n写不出作业的时候，我摸一摸叶子，手上就有一点凉。\n凉一下，再写一行。\n写到第三行，天就黑了，薄荷也黑了，可是还香。",
)
