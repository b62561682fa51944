from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Relation(TextChoices):
    MOTHER = "mother", _("妈妈")
    FATHER = "father", _("爸爸")
    GRANDPARENT = "grandparent", _("祖辈")
    OTHER = "other", _("其他监护人")


class GuardianshipStatus(TextChoices):
    """Only active guardianships count; ended ones stay as a record of who once could see what."""

    ACTIVE = "active", _("有效")
    ENDED = "ended", _("已结束")


class GuardianshipScope(TextChoices):
    """How far a guardian's word goes."""

    FULL = "full", _("全部")
    BOOKING = "booking", _("只代为预约和付款")


class Evidence(TextChoices):
    """What a guardianship rests on."""

    DECLARED = "declared", _("本人声明")
    CONFIRMED_BY_GUARDIAN = "by_guardian", _("另一位监护人确认")
    CONFIRMED_BY_TEEN = "by_teen", _("孩子本人确认")
    DOCUMENT = "document", _("工作人员核对过证明")


class EndReason(TextChoices):
    """Why a guardianship ended."""

    LEFT = "left", _("监护人自己退出")
    REMOVED = "removed", _("邀请 TA 的人移出")
    STAFF = "staff", _("工作人员核对后结束")
    CAME_OF_AGE = "of_age", _("孩子满 18 岁")


class EndingOutcome(TextChoices):
    """What staff answered to somebody who asks that a guardianship ends."""

    ENDED = "ended", _("已结束监护关系")
    KEPT = "kept", _("保持不变")


class EndingEvidence(TextChoices):
    """What staff looked at before they ended a guardianship."""

    COURT = "court", _("法院文书")
    REGISTER = "register", _("户口簿或出生证明")
    AGREED = "agreed", _("当事人都同意")
    SAFETY = "safety", _("儿童保护的决定")


class InvitationKind(TextChoices):
    """Who is asked to join whom."""

    TEEN = "teen", _("邀请孩子使用自己的账号")
    GUARDIAN = "guardian", _("邀请另一位监护人")
    TEEN_ASKS_GUARDIAN = "asks_guardian", _("孩子邀请家长")


class SchoolYear(IntegerChoices):
    """Chinese school years: 0 kindergarten, 1-6 primary, 7-9 junior, 10-12 senior, 13 after school."""

    KINDERGARTEN = 0, _("幼儿园")
    PRIMARY_1 = 1, _("小学一年级")
    PRIMARY_2 = 2, _("小学二年级")
    PRIMARY_3 = 3, _("小学三年级")
    PRIMARY_4 = 4, _("小学四年级")
    PRIMARY_5 = 5, _("小学五年级")
    PRIMARY_6 = 6, _("小学六年级")
    JUNIOR_1 = 7, _("初一")
    JUNIOR_2 = 8, _("初二")
    JUNIOR_3 = 9, _("初三")
    SENIOR_1 = 10, _("高一")
    SENIOR_2 = 11, _("高二")
    SENIOR_3 = 12, _("高三")
    LEFT_SCHOOL = 13, _("已毕业或不在校")
