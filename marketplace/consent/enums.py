"""The words of a disclosure: what is seen, why, by whom, and why it was allowed or refused."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DataItem(TextChoices):
    """A kind of information about a young person that can be shown or withheld on its own."""

    PROFILE = "profile", _("称呼、年龄和年级")
    CONTACT = "contact", _("联系方式")
    BOOKING = "booking", _("预约的时间、地点或方式、机构和价格")
    BOOKING_DETAIL = "booking_detail", _("预约的是什么")
    BILL = "bill", _("账单")
    PLAN = "plan", _("支持计划")
    SCORE = "score", _("测评分数")
    REPORT = "report", _("测评报告")
    SESSION_NOTE = "session_note", _("咨询记录")
    DIARY = "diary", _("日记")
    MOOD = "mood", _("心情打卡")
    CHAT = "chat", _("聊天内容")
    CONCERN = "concern", _("安全方面的担心")


class Purpose(TextChoices):
    """What somebody wants to see it for."""

    GUARDIANSHIP = "guardianship", _("照顾自己的孩子")
    CARE = "care", _("提供约定的服务")
    REFERRAL = "referral", _("转介到医院")
    SCHOOL_SUPPORT = "school_support", _("学校里的支持")
    SUPPORT = "support", _("处理提问和售后")
    SAFETY = "safety", _("保护安全")
    OVERSIGHT = "oversight", _("监督检查")


class GranteeKind(TextChoices):
    """Who a consent names: one person, or everybody of an organisation who needs it for the purpose."""

    PERSON = "person", _("一个人")
    ORGANISATION = "organisation", _("一个机构")


class Affiliation(TextChoices):
    """What a person is in an organisation, as far as disclosure cares."""

    PRACTITIONER = "practitioner", _("咨询师")
    CLINIC_STAFF = "clinic_staff", _("机构前台与管理")
    DOCTOR = "doctor", _("医生")
    CLASS_TEACHER = "class_teacher", _("班主任")
    SUBJECT_TEACHER = "subject_teacher", _("任课老师")
    PSYCHOLOGY_TEACHER = "psychology_teacher", _("心理老师")
    SCHOOL_LEADER = "school_leader", _("学校负责人")
    COMMUNITY_WORKER = "community_worker", _("社区工作者")
    REGULATOR = "regulator", _("监管人员")
    PLATFORM_STAFF = "platform_staff", _("平台工作人员")


class ConsentEventKind(TextChoices):
    """What happens to a consent. A consent is never edited: its state is what its events say."""

    PROPOSED = "proposed", _("有人请求")
    GRANTED = "granted", _("同意")
    DECLINED = "declined", _("没有同意")
    REVOKED = "revoked", _("收回")


class ConsentState(TextChoices):
    """Where a consent stands, read from its events and the clock."""

    WAITING = "waiting", _("等待回答")
    IN_FORCE = "in_force", _("可以看")
    COMING = "coming", _("还没开始")
    ENDED = "ended", _("已到期")
    DECLINED = "declined", _("没有同意")
    REVOKED = "revoked", _("已关掉")


class GivenAs(TextChoices):
    """In which capacity somebody agrees; which of them are needed follows the age and the purpose."""

    TEEN = "teen", _("本人")
    GUARDIAN = "guardian", _("监护人")


class Reason(TextChoices):
    """Why a look was allowed or refused; each has a plain sentence in `consent.rules`."""

    OWN = "own", _("自己的信息")
    AGE_RULE = "age_rule", _("监护人按年龄规则可以看到")
    CONSENT = "consent", _("已经同意")
    SERVICE = "service", _("履行约定的服务所需")
    DUTY = "duty", _("值班人员履行职责所需")
    OVERRIDE = "override", _("两名工作人员批准的安全例外")
    EMERGENCY = "emergency", _("会面中的紧急求助")
    NO_RELATION = "no_relation", _("没有关系，也没有同意")
    TEEN_PRIVATE = "teen_private", _("满 14 岁后由孩子自己决定")
    CHILD_PRIVATE = "child_private", _("孩子自己写的内容")
    SAFETY_GATED = "safety_gated", _("先由专业人员核对安全")
    OUT_OF_SCOPE = "out_of_scope", _("超出同意的范围")
    EXPIRED = "expired", _("同意已到期或被收回")
    OFF_DUTY = "off_duty", _("不在值班时间")
    AGGREGATE_ONLY = "aggregate_only", _("只能看到汇总")


class Reach(TextChoices):
    """How far an affiliation can reach an item about a named child at all; the role matrix is written in these."""

    SERVICE = "service", _("履行约定的服务时可以看，其他时候要同意")
    CONSENT = "consent", _("要同意，同意一个人或整个机构都行")
    PERSON = "person", _("要同意，而且同意要写明是这个人")
    DUTY = "duty", _("值班处理相关事情时可以看")
    AGGREGATE = "aggregate", _("只能看汇总")
    NEVER = "never", _("不能看")


class ReviewOutcome(TextChoices):
    """What the review of a safety override found."""

    JUSTIFIED = "justified", _("有必要")
    TOO_WIDE = "too_wide", _("有必要，但看得太多")
    UNJUSTIFIED = "unjustified", _("没有必要")
