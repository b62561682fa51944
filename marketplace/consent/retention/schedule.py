"""The retention table: what kind of record is kept for how long, from when, and why.

The one place that knows the periods; the apps that hold the rows name a row of this table and say which of their
rows it covers. It is our reading of the law and has to be confirmed by a lawyer. A class whose data the platform
does not hold yet is declared here too, so that the table people read is whole and nothing starts without a period.
"""

from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .periods import Period

HALF_A_YEAR = Period(months=6)
THREE_YEARS = Period(months=36)
THIRTY_YEARS = Period(months=360)


class Holder(Enum):
    """Who holds the records of a class, and whether there are any yet."""

    PLATFORM = "platform"
    COMING = "coming"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordClass:
    """One row of the table. `period` is None where the records are kept by somebody else, or until they are withdrawn.

    `counts_from` says in words from when the period runs, `reason` why, `source` by which law or decision.
    """

    key: str
    title: Promise
    period: Period | None
    counts_from: Promise
    reason: Promise
    source: Promise
    holder: Holder = Holder.PLATFORM


_MINIMISATION = _("《个人信息保护法》第十九条：保存期限为实现目的所必要的最短时间")
_SIX_MONTHS = _("服务信息保存不超过 6 个月的要求；《个人信息保护法》第十九条")
_ECOMMERCE = _("《电子商务法》第三十一条：交易信息自交易完成之日起保存不少于三年")
_PIPL_RECORDS = _("《个人信息保护法》第五十五条、第五十六条：处理情况记录至少保存三年")
_NETWORK_LOGS = _("《网络安全法》：网络日志留存不少于六个月")
_OWN_CHOICE = _("心桥的决定：便于追究责任，也不无限期保存")

RECORD_CLASSES: tuple[RecordClass, ...] = (
    # What was bought and booked.
    RecordClass(
        key="orders",
        title=_("订单和订单提问"),
        period=THREE_YEARS,
        counts_from=_("订单完结，且买到的内容都已结束"),
        reason=_("出现纠纷时，双方都能查证"),
        source=_ECOMMERCE,
    ),
    RecordClass(
        key="payments",
        title=_("付款、退款和支付机构的通知"),
        period=THREE_YEARS,
        counts_from=_("最后一笔款项结清"),
        reason=_("出现纠纷时，双方都能查证"),
        source=_ECOMMERCE,
    ),
    RecordClass(
        key="fapiao",
        title=_("发票的号码、金额和时间"),
        period=Period(months=60),
        counts_from=_("开具、红冲或结束"),
        reason=_("税务检查时可以查证"),
        source=_("《发票管理办法》：已经开具的发票存根保存五年"),
    ),
    RecordClass(
        key="bookings",
        title=_("预约（只有时间、地点和各方，没有谈话内容）"),
        period=THREE_YEARS,
        counts_from=_("预约的时间过去，或者取消"),
        reason=_("与订单一起，出现纠纷时可以查证"),
        source=_ECOMMERCE,
    ),
    RecordClass(
        key="session_whereabouts",
        title=_("为一次会面留的所在地点和联系人"),
        period=Period(days=7),
        counts_from=_("这次会面结束"),
        reason=_("只为了会面时万一有危险，能找到人"),
        source=_MINIMISATION,
    ),
    RecordClass(
        key="reviews",
        title=_("评价"),
        period=THREE_YEARS,
        counts_from=_("写下评价，那时交易已经完成"),
        reason=_("出现纠纷时，双方都能查证"),
        source=_ECOMMERCE,
    ),
    RecordClass(
        key="fee_rules",
        title=_("收费规则的各个版本"),
        period=THREE_YEARS,
        counts_from=_("被新版本取代，且没有订单再用到它"),
        reason=_("双方都能查到下单时的规则"),
        source=_("《网络交易监督管理办法》第二十八条：完整保存前三年的全部历史版本"),
    ),
    RecordClass(
        key="settlements",
        title=_("机构对账单、付款和活动资金的凭证"),
        period=THIRTY_YEARS,
        counts_from=_("对账单出具，或者活动资金结束"),
        reason=_("是会计凭证；里面没有家庭的名字"),
        source=_("《会计档案管理办法》：会计凭证保存三十年"),
    ),
    RecordClass(
        key="payout_accounts",
        title=_("机构不再使用的收款账户"),
        period=THREE_YEARS,
        counts_from=_("被停止或更换；付过款的，随付款凭证保存"),
        reason=_("查证是谁改了收款账户"),
        source=_ECOMMERCE,
    ),
    RecordClass(
        key="released_holds",
        title=_("没有付款就释放的预约和订单"),
        period=Period(days=30),
        counts_from=_("释放"),
        reason=_("没有成交，只为回答“为什么没约上”"),
        source=_MINIMISATION,
    ),
    RecordClass(
        key="calendar_feeds",
        title=_("已经停用的私密日历地址"),
        period=Period(days=30),
        counts_from=_("停用"),
        reason=_("回答“为什么手机日历里不更新了”"),
        source=_MINIMISATION,
    ),
    RecordClass(
        key="payment_requests",
        title=_("请人付款的请求、留言和链接"),
        period=Period(days=30),
        counts_from=_("付好、拒绝、撤回或到期"),
        reason=_("链接上的收据留三十天；付了多少钱另有付款记录"),
        source=_MINIMISATION,
    ),
    RecordClass(
        key="baskets",
        title=_("没有结算的购物车"),
        period=HALF_A_YEAR,
        counts_from=_("最后一次改动"),
        reason=_("方便下次接着选"),
        source=_MINIMISATION,
    ),
    RecordClass(
        key="saved_products",
        title=_("收藏"),
        period=HALF_A_YEAR,
        counts_from=_("收藏的那天"),
        reason=_("方便慢慢比较；留得再久，就成了需要什么的记录"),
        source=_MINIMISATION,
    ),
    # Words and signals.
    RecordClass(
        key="notices",
        title=_("站内通知、短信和邮件"),
        period=HALF_A_YEAR,
        counts_from=_("发出的那天：通知各自独立，每一条都是它自己的最后一条"),
        reason=_("服务信息不长期保存"),
        source=_SIX_MONTHS,
    ),
    RecordClass(
        key="code_messages",
        title=_("登录和验证用的验证码短信、邮件"),
        period=Period(days=30),
        counts_from=_("发出的那天；验证码本身发出后立即抹去"),
        reason=_("只为查明有没有人冒用"),
        source=_MINIMISATION,
    ),
    RecordClass(
        key="letters",
        title=_("来往的信件和消息"),
        period=HALF_A_YEAR,
        counts_from=_("来往中的最后一条"),
        reason=_("服务信息不长期保存"),
        source=_SIX_MONTHS,
        holder=Holder.COMING,
    ),
    RecordClass(
        key="companion_chats",
        title=_("与小桥的聊天、自由填写的需要、推荐记录"),
        period=Period(days=30),
        counts_from=_("写下的那天；去掉身份后最多再留到满 6 个月"),
        reason=_("只用来接着聊、找服务"),
        source=_SIX_MONTHS,
        holder=Holder.COMING,
    ),
    RecordClass(
        key="diaries",
        title=_("日记和心情打卡"),
        period=HALF_A_YEAR,
        counts_from=_("账号关闭；在那之前由孩子自己决定，随时可删"),
        reason=_("是孩子自己的东西"),
        source=_MINIMISATION,
        holder=Holder.COMING,
    ),
    RecordClass(
        key="alert_signals",
        title=_("用于提醒的行为和出勤信号"),
        period=HALF_A_YEAR,
        counts_from=_("产生的那天"),
        reason=_("服务信息不长期保存"),
        source=_SIX_MONTHS,
        holder=Holder.COMING,
    ),
    RecordClass(
        key="screenings",
        title=_("没有后续的筛查结果"),
        period=HALF_A_YEAR,
        counts_from=_("得出结果；之后只留不少于 10 人的汇总"),
        reason=_("服务信息不长期保存"),
        source=_SIX_MONTHS,
        holder=Holder.COMING,
    ),
    RecordClass(
        key="measures",
        title=_("见面前的小问卷、分数和自己定的目标"),
        period=HALF_A_YEAR,
        counts_from=_("最后一次回答：走向要连起来看，所以一起到期"),
        reason=_("服务信息不长期保存"),
        source=_SIX_MONTHS,
    ),
    RecordClass(
        key="waitlist",
        title=_("候补和留过的时间"),
        period=HALF_A_YEAR,
        counts_from=_("候补结束：约上了、退出了或到期"),
        reason=_("服务信息不长期保存"),
        source=_SIX_MONTHS,
    ),
    RecordClass(
        key="assessment_reports",
        title=_("购买的测评报告"),
        period=THREE_YEARS,
        counts_from=_("账号关闭；在那之前本人随时可删"),
        reason=_("买来的东西归本人"),
        source=_MINIMISATION,
        holder=Holder.COMING,
    ),
    RecordClass(
        key="assessment_answers",
        title=_("测评的逐题回答"),
        period=HALF_A_YEAR,
        counts_from=_("报告生成"),
        reason=_("报告出来以后就不再需要逐题回答"),
        source=_MINIMISATION,
        holder=Holder.COMING,
    ),
    RecordClass(
        key="posts",
        title=_("树洞帖子与账号的对应"),
        period=HALF_A_YEAR,
        counts_from=_("发布；审核记录保存 3 年，帖子由本人撤回"),
        reason=_("真正的匿名"),
        source=_OWN_CHOICE,
        holder=Holder.COMING,
    ),
    RecordClass(
        key="care_plans",
        title=_("支持计划在平台上的副本"),
        period=HALF_A_YEAR,
        counts_from=_("计划结束；原件在写它的机构"),
        reason=_("服务信息不长期保存"),
        source=_SIX_MONTHS,
    ),
    # What others hold.
    RecordClass(
        key="session_notes",
        title=_("咨询记录"),
        period=None,
        counts_from=_("由咨询机构按当地规定保存，有的地方要求不少于 10 年"),
        reason=_("机构自己的义务；平台只代为加密存放，自己读不到"),
        source=_("地方对心理咨询机构的规定"),
        holder=Holder.ELSEWHERE,
    ),
    RecordClass(
        key="hospital_records",
        title=_("互联网医院的病历和诊疗过程记录"),
        period=None,
        counts_from=_("由医院保存：病历不少于 15 年，图文和音视频不少于 3 年"),
        reason=_("医院的义务，平台不保存"),
        source=_("《互联网诊疗监管细则（试行）》"),
        holder=Holder.ELSEWHERE,
    ),
    # Proof of what was allowed, seen, and answered for.
    RecordClass(
        key="consents",
        title=_("同意和收回同意的记录"),
        period=THREE_YEARS,
        counts_from=_("同意到期或者被收回"),
        reason=_("能证明每一次查看都有依据"),
        source=_PIPL_RECORDS,
    ),
    RecordClass(
        key="impact_assessments",
        title=_("个人信息保护影响评估"),
        period=None,
        counts_from=_("一直保存，至少三年；里面没有任何人的信息"),
        reason=_("能证明事先评估过"),
        source=_PIPL_RECORDS,
    ),
    RecordClass(
        key="access_events",
        title=_("谁看过什么的记录"),
        period=THREE_YEARS,
        counts_from=_("查看的那天"),
        reason=_("能回答“谁看过我的信息”"),
        source=_PIPL_RECORDS,
    ),
    RecordClass(
        key="data_requests",
        title=_("导出、更正和删除的申请"),
        period=THREE_YEARS,
        counts_from=_("办结；导出的文件 7 天后就删除"),
        reason=_("能证明权利得到了回应"),
        source=_PIPL_RECORDS,
    ),
    RecordClass(
        key="complaints",
        title=_("投诉的内容和处理经过"),
        period=THREE_YEARS,
        counts_from=_("投诉办结；之后只留不含个人信息的统计"),
        reason=_("能回头查证，也能发现反复出现的问题"),
        source=_OWN_CHOICE,
    ),
    RecordClass(
        key="council_proposals",
        title=_("少年议事里提议的问题和我们的回复"),
        period=HALF_A_YEAR,
        counts_from=_("我们回复；投票本身一结束就只留票数"),
        reason=_("只为回复提议的人"),
        source=_SIX_MONTHS,
    ),
    RecordClass(
        key="safety_overrides",
        title=_("为了安全而例外查看的记录"),
        period=THREE_YEARS,
        counts_from=_("事后复核完成，或者没有获批"),
        reason=_("能回头查证当时的决定"),
        source=_PIPL_RECORDS,
    ),
    RecordClass(
        key="crisis_cases",
        title=_("安全事件的处理记录"),
        period=THREE_YEARS,
        counts_from=_("处理结束；需要时可以封存"),
        reason=_("能回头查证当时的决定"),
        source=_OWN_CHOICE,
        holder=Holder.COMING,
    ),
    RecordClass(
        key="onboarding_documents",
        title=_("机构和咨询师的资质材料"),
        period=THREE_YEARS,
        counts_from=_("合作结束；合作期间一直保存"),
        reason=_("能证明当时核验过资质"),
        source=_ECOMMERCE,
        holder=Holder.COMING,
    ),
    # Families and accounts.
    RecordClass(
        key="guardianships",
        title=_("已经结束的监护关系"),
        period=THREE_YEARS,
        counts_from=_("关系结束"),
        reason=_("能证明当时谁有权为孩子做主"),
        source=_PIPL_RECORDS,
    ),
    RecordClass(
        key="invitations",
        title=_("家庭邀请"),
        period=Period(days=30),
        counts_from=_("接受、收回或者过期"),
        reason=_("邀请用过就没用了"),
        source=_MINIMISATION,
    ),
    RecordClass(
        key="screen_time",
        title=_("未成年人模式的使用时长"),
        period=Period(days=30),
        counts_from=_("当天"),
        reason=_("只为当天的时长提醒"),
        source=_MINIMISATION,
    ),
    RecordClass(
        key="recovery_codes",
        title=_("用过的找回码"),
        period=Period(days=30),
        counts_from=_("用掉"),
        reason=_("只为发现冒用"),
        source=_MINIMISATION,
    ),
    RecordClass(
        key="duty_shifts",
        title=_("工作人员的值班记录"),
        period=THREE_YEARS,
        counts_from=_("值班结束"),
        reason=_("能证明谁在什么时候有权查看"),
        source=_PIPL_RECORDS,
    ),
    RecordClass(
        key="sessions",
        title=_("登录会话"),
        period=Period(hours=24),
        counts_from=_("会话到期"),
        reason=_("到期的登录状态没有用处"),
        source=_MINIMISATION,
    ),
    RecordClass(
        key="session_list",
        title=_("登录过的设备"),
        period=HALF_A_YEAR,
        counts_from=_("最后一次使用"),
        reason=_("让本人能看出异常登录"),
        source=_NETWORK_LOGS,
    ),
    RecordClass(
        key="legal_holds",
        title=_("已经解除的封存"),
        period=THREE_YEARS,
        counts_from=_("解除"),
        reason=_("能证明为什么没有按期删除"),
        source=_PIPL_RECORDS,
    ),
    RecordClass(
        key="admin_log",
        title=_("管理后台的操作记录"),
        period=THREE_YEARS,
        counts_from=_("操作的那天"),
        reason=_("能查证是谁改的"),
        source=_PIPL_RECORDS,
    ),
    RecordClass(
        key="retention_runs",
        title=_("到期清理的报告"),
        period=THREE_YEARS,
        counts_from=_("清理完成"),
        reason=_("能证明按期清理"),
        source=_PIPL_RECORDS,
    ),
)

BY_KEY: dict[str, RecordClass] = {record.key: record for record in RECORD_CLASSES}
