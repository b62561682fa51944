"""Every processing of personal data, declared once (PIPL 17, 55 and 56; OVS-13).

The layered notice, the page of records, its export and the impact assessments are made from this list, and a test
fails when personal data is kept that no activity here names. What a sentence promises must be true of the code.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CONTRACT = _("履行你要的服务（《个人信息保护法》第十三条第二项）")
CONSENT = _("你的同意；不满 14 岁由监护人同意（第十三条第一项、第二十九条、第三十一条）")
DUTY = _("法律规定的义务（第十三条第三项）")
LIFE = _("紧急情况下保护生命健康（第十三条第四项）")

NOBODY_ELSE = _("没有别人")


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One thing we do with personal data, in words for a person; `why` is the purpose.

    `models` are where the data is kept (labels of Django models), `retention` the keys of the retention table.
    `needs_assessment`: sensitive data, or data of children, so that it is assessed every year (PIPL 55).
    """

    key: str
    icon: str
    title: Promise
    what: Promise
    why: Promise
    who: Promise
    choices: Promise
    basis: Promise
    measures: Promise
    models: tuple[str, ...]
    retention: tuple[str, ...]
    needs_assessment: bool = False


ACTIVITIES: tuple[Activity, ...] = (
    Activity(
        key="account",
        icon="person",
        title=_("账号和登录"),
        what=_("手机号、邮箱或登录名，称呼，密码的摘要"),
        why=_("让你能登录，别人不能冒充你"),
        who=_("短信和邮件服务商只拿到号码或地址"),
        choices=_("可以改、可以注销；青少年可以不用手机号注册"),
        basis=CONTRACT,
        measures=_("密码只存摘要；验证码用过就作废；工作人员和机构要两步验证"),
        models=("accounts.User", "accounts.RecoveryCode", "accounts.AgreementAcceptance"),
        retention=("recovery_codes", "code_messages"),
    ),
    Activity(
        key="security",
        icon="lock",
        title=_("安全检查"),
        what=_("登录的时间、网络地址、设备名称"),
        why=_("发现盗号和攻击"),
        who=NOBODY_ELSE,
        choices=_("可以看到登录过的设备，随时让它退出"),
        basis=DUTY,
        measures=_("只用于安全；不用来画像，也不用来推荐"),
        models=(),
        retention=("sessions", "session_list", "admin_log"),
    ),
    Activity(
        key="family",
        icon="people",
        title=_("孩子的档案和家庭"),
        what=_("称呼、出生日期、年级，谁是监护人"),
        why=_("按年龄保护孩子，找到合适的服务"),
        who=_("监护人；预约了的机构只看到称呼、年龄和年级"),
        choices=_("可以改、可以删；不要求真名；监护人可以邀请，也可以离开"),
        basis=CONSENT,
        measures=_("按年龄自动改变谁能看到什么；邀请码只存摘要，用一次就作废"),
        models=(
            "families.Child",
            "families.Guardianship",
            "families.EndingRequest",
            "families.Invitation",
            "families.GuardianLimits",
        ),
        retention=("guardianships", "invitations"),
        needs_assessment=True,
    ),
    Activity(
        key="minor_mode",
        icon="moon",
        title=_("未成年人模式"),
        what=_("每天在这里用了多少分钟"),
        why=_("提醒休息；求助页面任何时候都开着"),
        who=_("本人"),
        choices=_("监护人可以在法律范围内调整"),
        basis=DUTY,
        measures=_("只记分钟数，不记看了什么"),
        models=("families.ScreenTime",),
        retention=("screen_time",),
    ),
    Activity(
        key="booking",
        icon="calendar",
        title=_("预约和提供服务"),
        what=_("约了谁、什么时间、什么方式，为哪个孩子"),
        why=_("让你们见到面"),
        who=_("你预约的机构和咨询师；按年龄规则的监护人"),
        choices=_("可以改期、取消；14 岁起自己决定让家长看到多少"),
        basis=CONTRACT,
        measures=_("短信和网址里不写约的是什么；每次查看都有记录"),
        models=("scheduling.Booking",),
        retention=("bookings", "released_holds"),
        needs_assessment=True,
    ),
    Activity(
        key="session_notes",
        icon="edit",
        title=_("咨询记录"),
        what=_("咨询师写下的见面经过和想法"),
        why=_("让咨询师接得上次，也是机构自己的义务"),
        who=_("写它的咨询师；别的咨询师要经过你的同意。平台和机构的其他人读不到"),
        choices=_("可以知道有哪些记录；要看内容或更正，向机构提出"),
        basis=CONTRACT,
        measures=_("每一份用自己的密钥加密；签名以后谁都不能改，只能补记；每次打开都有记录"),
        models=("notes.SessionNote", "notes.NoteAddendum"),
        retention=("session_notes",),
        needs_assessment=True,
    ),
    Activity(
        key="measures",
        icon="chart",
        title=_("见面前的小问卷和变化"),
        what=_("孩子见面前的回答、分数和自己定的目标"),
        why=_("让见面从在意的地方开始，也看得出有没有帮到"),
        who=_("孩子自己；打开了「测评分数」的咨询师和家长"),
        choices=_("每一次、每一组都可以不答；谁能看到，随时可以关掉"),
        basis=CONSENT,
        measures=_("用孩子自己的密钥加密；不用来推荐，不给学校；没有常模的问卷不下结论"),
        models=("measures.Measurement", "measures.Goal"),
        retention=("measures",),
        needs_assessment=True,
    ),
    Activity(
        key="orders",
        icon="receipt",
        title=_("订单、付款和退款"),
        what=_("买了什么、多少钱、联系人；付款公司的通知。没有银行卡号"),
        why=_("完成交易，出了问题能查清楚"),
        who=_("付款公司只看到金额和“健康服务”这样的名目；机构看到自己的订单"),
        choices=_("没付款可以取消；退款按下单时写明的规则"),
        basis=CONTRACT,
        measures=_("留言和提问加密保存；付款名目不写内容"),
        models=(
            "order.Order",
            "order.OrderNote",
            "order.OrderQuestion",
            "order.RefundProposal",
            "returns.ReturnRequest",
            "order.BillingAddress",
            "payments.ProviderEvent",
            "books.Decision",
            "books.IncidentCase",
            "disputes.Dispute",
        ),
        retention=("orders", "payments", "baskets"),
        needs_assessment=True,
    ),
    Activity(
        key="plans",
        icon="receipt",
        title=_("会员和自动续费"),
        what=_("开通了什么方案、到什么时候、选没选续费；扣款授权的编号，支付账户的摘要"),
        why=_("让会员能用；续费前提醒你，并能证明提醒过；每人每个支付账户试用一次"),
        who=_("支付公司只看到“心桥会员”、金额和日期"),
        choices=_("默认到期结束；随时可以选续费或取消，授权一并解除"),
        basis=CONTRACT,
        measures=_("没有提前五天的提醒就扣不了款，数据库也不放行；支付账户只存摘要"),
        models=("subscriptions.Subscription", "subscriptions.Agreement", "subscriptions.TrialUse"),
        retention=("payments",),
    ),
    Activity(
        key="pay_by_other",
        icon="wallet",
        title=_("请家长付款"),
        what=_("孩子请谁付、附的一句话、勾选了给对方看什么；监护人对孩子自己付的款的决定"),
        why=_("孩子选好，家长来付；孩子自己付的，由监护人追认"),
        who=_("收到请求的人只看到金额、“健康服务”这样的名目和退款规则；其他的由孩子勾选"),
        choices=_("孩子随时可以撤回、换链接、改成不给看；家长可以这次先不付"),
        basis=CONTRACT,
        measures=_("链接只存摘要，用一次就作废；留言加密保存；不记付款人的网络地址"),
        models=(
            "payment_requests.PaymentRequest",
            "payment_requests.RequestEvent",
            "payment_requests.GuardianDecision",
        ),
        retention=("payment_requests", "payments"),
        needs_assessment=True,
    ),
    Activity(
        key="partner_money",
        icon="receipt",
        title=_("和机构结算"),
        what=_("机构的收款账户、户名；社区的用款申请和凭证"),
        why=_("把服务的收入付给机构，把活动资金付给社区"),
        who=_("支付公司或银行只拿到户名、账号和金额；我们的财务人员"),
        choices=_("账户由机构自己填写，变更要两个人确认，机构可以停止"),
        basis=CONTRACT,
        measures=_("账号、用途和凭证加密保存；对账单里没有家庭的名字和服务的内容"),
        models=("settlement.PayoutAccount", "grants.SpendRequest"),
        retention=("settlements", "payout_accounts"),
    ),
    Activity(
        key="fapiao",
        icon="clipboard",
        title=_("开发票"),
        what=_("发票抬头、单位的税号、收发票的邮箱"),
        why=_("按你的申请开发票，退款时红冲"),
        who=_("税务局的开票系统；我们负责发票的同事"),
        choices=_("不申请就不收集；开好以前可以改"),
        basis=DUTY,
        measures=_("加密保存；项目统一写“健康服务”，不写内容"),
        models=("fapiao.FapiaoRequest",),
        retention=("fapiao",),
    ),
    Activity(
        key="parcels",
        icon="parcel",
        title=_("寄送包裹"),
        what=_("收货人、电话、地址、运单号"),
        why=_("把东西送到"),
        who=_("卖家和快递公司"),
        choices=_("可以写门店或驿站的地址"),
        basis=CONTRACT,
        measures=_("面单上不写服务和商品的用途"),
        models=("order.ShippingAddress", "fulfilment.Shipment"),
        retention=("orders",),
    ),
    Activity(
        key="messages",
        icon="bell",
        title=_("通知和提醒"),
        what=_("发给你的站内信、短信和邮件"),
        why=_("提醒预约和变动"),
        who=_("短信和邮件服务商；内容里看不出是什么服务"),
        choices=_("留了手机号或邮箱才会往那里发；没有就只发站内信"),
        basis=CONTRACT,
        measures=_("文字中性，标题不写内容；验证码发出后抹去"),
        models=("notifications.Message",),
        retention=("notices", "code_messages"),
    ),
    Activity(
        key="consent",
        icon="hand",
        title=_("同意与收回"),
        what=_("谁可以看什么、为了什么、到什么时候、谁同意的"),
        why=_("没有你的同意，别人就看不到"),
        who=_("被同意的人看到自己那一条"),
        choices=_("随时一按就收回，下一次查看就失效"),
        basis=CONSENT,
        measures=_("只能添加，不能涂改；一个入口决定所有查看"),
        models=("consent.Consent", "consent.ConsentEvent", "consent.StandingConsent"),
        retention=("consents",),
        needs_assessment=True,
    ),
    Activity(
        key="safety",
        icon="shield",
        title=_("为了安全的例外"),
        what=_("为什么必须看、看了什么、谁批准、复核意见"),
        why=_("有人可能受到伤害时，保护生命安全"),
        who=_("当班的安全值守人员；两个人批准，第三个人复核"),
        choices=_("会告诉你，除非现在告诉你会有危险"),
        basis=LIFE,
        measures=_("理由加密保存；最长 72 小时；每一步都有记录"),
        models=("consent.SafetyOverride",),
        retention=("safety_overrides", "crisis_cases"),
        needs_assessment=True,
    ),
    Activity(
        key="access_log",
        icon="eye",
        title=_("谁看过资料的记录"),
        what=_("谁、什么时候、看了哪一类信息、为了什么、有没有被拒绝"),
        why=_("让你知道谁看过，也让乱看的人跑不掉"),
        who=_("你自己；不满 14 岁时还有监护人"),
        choices=_("随时查看、下载；不对就告诉我们"),
        basis=DUTY,
        measures=_("只能添加；每天封存签名，改动一行就会被发现"),
        models=("audit.AuditEvent",),
        retention=("access_events", "duty_shifts"),
    ),
    Activity(
        key="rights",
        icon="download",
        title=_("导出、更正和删除"),
        what=_("你提出的请求、办理经过、证明"),
        why=_("办好你的请求，并能证明办过"),
        who=NOBODY_ELSE,
        choices=_("随时能看到办到哪一步；不满意可以投诉"),
        basis=DUTY,
        measures=_("导出文件加密、限时；删除用销毁密钥的办法，谁也恢复不了"),
        models=("data_rights.DataRequest", "data_rights.Correction", "data_rights.ExportFile", "retention.LegalHold"),
        retention=("data_requests", "legal_holds"),
    ),
    Activity(
        key="complaints",
        icon="chat",
        title=_("投诉和回复"),
        what=_("你写的内容、联系方式（可以不留）、处理经过"),
        why=_("弄清问题，给你答复"),
        who=_("当班的个人信息保护人员"),
        choices=_("可以不登录、不留姓名"),
        basis=DUTY,
        measures=_("内容加密保存；24 小时内确认，15 个工作日内答复"),
        models=("complaints.Complaint", "complaints.Entry"),
        retention=("complaints",),
        needs_assessment=True,
    ),
    Activity(
        key="council",
        icon="bubble",
        title=_("少年议事"),
        what=_("投票期间你选的那一项（记在一个换过的记号下，没有名字和时间）；你提议的问题和我们的回复"),
        why=_("心桥怎么做，让 8 到 17 岁的用户说了也算数"),
        who=_("投票谁也看不到；提议只有当班的个人信息保护人员能看"),
        choices=_("可以不投、可以改；提议在回复以前可以收回"),
        basis=CONSENT,
        measures=_("一结束就数票并删除每个人的票；不到 5 人投，总数也不留；提议加密保存"),
        models=("council.Vote", "council.Proposal"),
        retention=("council_proposals",),
        needs_assessment=True,
    ),
)

BY_KEY: dict[str, Activity] = {activity.key: activity for activity in ACTIVITIES}
