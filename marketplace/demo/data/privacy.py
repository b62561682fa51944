"""Impact assessments of the demo, and looks at the demo children, counted in days (and hours) before today."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Assessment:
    """One activity's latest assessment."""

    activity: str
    days_ago: int
    risks: str
    measures: str
    residual_risk: str = "low"


@dataclass(frozen=True)
class Look:
    """One look at a child's data by a demo person."""

    child: str
    person: str
    label: str
    items: tuple[str, ...]
    purpose: str
    reason: str
    hours_ago: int
    is_allowed: bool = True


ASSESSMENTS = (
    Assessment(
        "gate",
        12,
        "示例：把难过当成危险，或者没看出危险；从结果认出匿名的人；有人因为被看见而不敢写。",
        "示例：每次改动都重新量漏看和错报；结果里没有人也没有话；不删帖不封号，先给电话；搜索不保存。",
    ),
    Assessment(
        "family",
        120,
        "示例：监护关系填错，会让不该看的大人看到孩子的信息；孩子满 14 岁后规则没有变。",
        "示例：邀请码一次有效；生日当天自动换规则，提前告诉双方；移除监护人后下一次查看就失效。",
    ),
    Assessment(
        "booking",
        95,
        "示例：短信、网址或日历里透露约的是什么；机构里不相干的人看到预约。",
        "示例：文字中性；网址只有随机编号；机构只看自己的预约，每次查看都有记录。",
    ),
    Assessment(
        "sessions",
        40,
        "示例：会面被录下来；不相干的人进了房间；留下的地址在没有危险时被人看。",
        "示例：平台不录，也没有录的功能；咨询师一个一个请进来；地点只在发出紧急求助后打开，过几天就删。",
    ),
    Assessment(
        "waitlist",
        40,
        "示例：别人从次序或消息里看出孩子在等什么；急的人等在后面。",
        "示例：消息里不写在等什么；机构只看到次序和理由，称呼要经同意；先看需要，再看等了多久。",
    ),
    Assessment(
        "saved",
        10,
        "示例：家里别人从收藏看出孩子在想什么；收藏被拿去推荐。",
        "示例：只有自己看得到；不用来推荐，也不统计。",
    ),
    Assessment(
        "care_plans",
        10,
        "示例：计划里的话被不该看的人看到；改过的看不出来。",
        "示例：用孩子自己的密钥加密，打开要经同意；改动只能往后加，谁改的都看得到。",
    ),
    Assessment(
        "session_notes",
        40,
        "示例：记录被平台或机构里别的人读到；签名以后被改。",
        "示例：一份一把密钥，只有写的人能打开；签名后只能补记；每次打开都有记录。",
    ),
    Assessment(
        "measures",
        40,
        "示例：分数被当成定论；学校或广告拿到分数。",
        "示例：没有常模的不下结论；不给学校，不用来推荐；每一次都可以不答。",
    ),
    Assessment(
        "feedback",
        25,
        "示例：从文字认出是哪家的孩子；怕得罪人不敢说真话。",
        "示例：先由值班的人看过再公开，不显示是谁；送的小礼物不看星数；随时可以撤回。",
    ),
    Assessment(
        "orders",
        95,
        "示例：付款记录里出现服务名称；客服看到的比需要的多。",
        "示例：付款名目只写“健康服务”；留言加密；客服只在值班时看，不显示约的是什么。",
    ),
    Assessment(
        "pay_by_other",
        20,
        "示例：付款的人从页面、账单或聊天软件的预览里看出约的是什么；链接落到别人手里；孩子被逼着公开。",
        "示例：默认只有金额和“健康服务”；预览里什么都没有；链接只存摘要，付一次、换一次就失效；勾不勾由孩子定，随时可以撤回。",
    ),
    Assessment(
        "consent",
        60,
        "示例：孩子看不懂同意的是什么；收回以后别人还能看到。",
        "示例：一件事一句话；一按就收回，每次查看都重新判断。",
    ),
    Assessment(
        "safety",
        60,
        "示例：例外被滥用；告诉了家长反而让孩子更危险。",
        "示例：两人批准、第三人复核、最长 72 小时；先问安不安全再决定告诉谁。",
        "medium",
    ),
    Assessment(
        "diary",
        15,
        "示例：家长或老师想看日记；分享以后收不回来；问候打扰睡觉和上课；曲线被当成给人打分。",
        "示例：每篇加密，只给点名的一个人，一按就收回；安静时间和上课时间不问；不平滑、不打分、不比较。",
    ),
    Assessment(
        "letters",
        15,
        "示例：回信的人猜到写信的是谁；提醒被别人看到；信没有人回。",
        "示例：只看到年龄段；要知道是谁得两个人批准；提醒只说有一封回信；24、40 小时提醒，48 小时报给负责人。",
    ),
    Assessment(
        "library",
        15,
        "示例：从读了什么看出谁在为什么烦心。",
        "示例：读过什么不留记录；只有自己选择收藏的、学完的才存，随时可删；没有账号时只在浏览器里。",
    ),
    Assessment(
        "practices",
        15,
        "示例：练习里写下的话和应对卡被别人看到。",
        "示例：默认只在浏览器里；存进账号的都加密，只给本人；小游戏每天有时间上限。",
    ),
    Assessment(
        "submissions",
        15,
        "示例：投稿里认出是谁；上线以后想撤回。",
        "示例：只用化名或年级；先筛查再由人看；撤回就删掉页面、文件和密钥。",
    ),
    Assessment(
        "community",
        15,
        "示例：把两个帖子认成同一个人；帖子里写了真名；看到难受的内容。",
        "示例：每个话题抽一个名字，时间只写大概；18 岁以下先看后发；要知道是谁得两个人批准；求助入口一直在。",
        "medium",
    ),
    Assessment(
        "community_moderation",
        15,
        "示例：看护的同事受不了；一个人说了算。",
        "示例：先遮住再打开，到量就休息；可以申诉，由另一个人复核；看不到账号。",
    ),
    Assessment(
        "safety_desk",
        15,
        "示例：没有人及时看到；告诉了不该告诉的人。",
        "示例：5 分钟认领，15、60 分钟往上报；按步骤做，疑似被家人伤害时先报警、不先告诉家长；每次查看都有记录。",
        "medium",
    ),
    Assessment(
        "worried_reports",
        15,
        "示例：报告的人被认出来，被同学怪。",
        "示例：不用登录、可以不留名；报告的人和内容分开加密；要知道是谁得两个人批准。",
    ),
    Assessment(
        "complaints",
        30,
        "示例：投诉人被认出来；投诉没有人回。",
        "示例：可以不登录不留名；内容加密；到时间没处理会自动上报。",
    ),
    Assessment(
        "council",
        15,
        "示例：有人想知道某个孩子投了什么；投的人太少，能猜到是谁。",
        "示例：票上没有名字和时间，结束就销毁；不到 5 人不公布；提议加密，每次查看都有记录。",
    ),
)

_CLINIC_PRACTITIONER = "青禾心理 · 咨询师"
_CLINIC_DESK = "青禾心理 · 机构前台与管理"

LOOKS = (
    Look("xiao-he", "zhou-lan", _CLINIC_PRACTITIONER, ("profile", "booking", "booking_detail"), "care", "service", 20),
    Look("xiao-he", "zhou-lan", _CLINIC_PRACTITIONER, ("profile", "booking", "booking_detail"), "care", "service", 22),
    Look("xiao-he", "wen", _CLINIC_DESK, ("booking",), "care", "service", 46),
    Look("xiao-he", "lin", "监护人", ("booking", "bill"), "guardianship", "age_rule", 50),
    Look("xiao-he", "lin", "监护人", ("booking_detail",), "guardianship", "teen_private", 51, is_allowed=False),
    Look("xiao-he", "staff", "心桥 · 客服", ("booking", "bill"), "support", "duty", 75),
    Look("xiao-zhou", "wen", _CLINIC_DESK, ("profile", "booking"), "care", "service", 28),
    Look("xiao-zhou", "wen", _CLINIC_DESK, ("report",), "care", "out_of_scope", 29, is_allowed=False),
    Look("xiao-zhou", "staff", "心桥 · 客服", ("booking", "bill"), "support", "duty", 99),
)
