"""Every desk of the house: where it is, whom it concerns, and how what waits there is counted."""

from collections.abc import Callable

from django.db.models import Min
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.consultations.feedback.selectors import waiting_words
from catalog.consultations.models import Emergency
from catalog.mediation.enums import CaseState
from catalog.mediation.models import Case as MediationCase
from catalog.order.enums import QuestionStatus
from catalog.order.models import OrderQuestion
from catalog.order.selectors import waiting_proposals
from cms.community.enums import UnmaskingState
from cms.community.models import Case, Unmasking
from cms.community.services.unmasking import LAPSES_AFTER
from cms.content.submissions.selectors import waiting_submissions
from marketplace.accounts.duty.desks import Desk, DeskGroup, Queue, counted, register_desk
from marketplace.accounts.duty.selectors import waiting_changes
from marketplace.accounts.enums import Duty
from marketplace.consent.complaints.selectors import open_queue
from marketplace.consent.council.selectors import proposals_for_desk
from marketplace.consent.rights.selectors import stuck_requests, waiting_corrections
from marketplace.consent.selectors import overrides_to_work_on
from marketplace.families.selectors import waiting_ending_requests
from marketplace.safeguarding.concerns.models import Concern
from marketplace.safeguarding.letters.offices import OURS
from marketplace.safeguarding.letters.selectors import threads_to_answer
from payments.books.enums import DifferenceState
from payments.books.models import Difference
from payments.books.selectors import incidents, refunds_for_people
from payments.disputes.enums import DisputeState
from payments.disputes.models import Dispute
from payments.fapiao.selectors import waiting_fapiao
from payments.grants.enums import AskState
from payments.grants.models import Allocation, SpendRequest
from payments.settlement.enums import PayoutState
from payments.settlement.models import Payout


def _both(*queues: Queue) -> Queue:
    """What waits at two places of one desk."""
    ages = [queue.oldest_at for queue in queues if queue.oldest_at]
    return Queue(sum(queue.count for queue in queues), min(ages, default=None))


def _unseen_concerns() -> Queue:
    return counted(Concern.objects.filter(closed_at=None, erased_at=None, acknowledged_at=None), "latest_at")


def _corrections() -> Queue:
    return _both(counted(waiting_corrections(), "request__asked_at"), counted(stuck_requests(), "asked_at"))


def _unmaskings() -> Queue:
    since = timezone.now() - LAPSES_AFTER
    return counted(Unmasking.objects.filter(state=UnmaskingState.ASKED, asked_at__gte=since), "asked_at")


def _payouts() -> Queue:
    states = (PayoutState.DRAFT, PayoutState.APPROVED, PayoutState.FAILED)
    return counted(Payout.objects.filter(state__in=states), "drafted_at")


def _funds() -> Queue:
    asked = [asks.objects.filter(state=AskState.ASKED) for asks in (Allocation, SpendRequest)]
    return _both(*(counted(rows, "asked_at") for rows in asked))


def _fapiao() -> Queue:
    rows = waiting_fapiao().order_by()
    found = rows.aggregate(reversal=Min("reversal_asked_at"), request=Min("requested_at"))
    ages = [at for at in found.values() if at]
    return Queue(rows.count() if ages else 0, min(ages, default=None))


_OURS_TO_DECIDE = (CaseState.DECIDING, CaseState.CONFIRMING)

#: Group, title, what it is for, picture, address, duty, and what waits there.
_Row = tuple[DeskGroup, str | Promise, str | Promise, str, str, Duty | None, Callable[[], Queue] | None]

_CARE: tuple[_Row, ...] = (
    (DeskGroup.DUTY, _("值守台"), _("还没有人看过的提醒"), "bell", "concerns:desk", Duty.SAFETY, _unseen_concerns),
    (DeskGroup.DUTY, _("紧急求助"), _("会面里有人求助，还没有人接"), "warning", "backoffice:emergencies", Duty.SAFETY,
     lambda: counted(Emergency.objects.filter(taken_at=None), "raised_at")),
    (DeskGroup.DUTY, _("安全例外"), _("等第二个人批准，或者等复核"), "shield", "backoffice:overrides", Duty.SAFETY,
     lambda: counted(overrides_to_work_on(), "opened_at")),
    (DeskGroup.DUTY, _("演练"), _("编出来的情况，真的步骤"), "refresh", "concerns:drills", Duty.SAFETY, None),
    (DeskGroup.REVIEW, _("评价审核"), _("公开以前先看一遍"), "star", "backoffice:reviews", Duty.REVIEW,
     lambda: counted(waiting_words(), "given_at")),
    (DeskGroup.REVIEW, _("监护关系"), _("有人请我们结束的"), "people", "backoffice:endings", Duty.REVIEW,
     lambda: counted(waiting_ending_requests(), "asked_at")),
    (DeskGroup.MODERATION, _("树洞看护"), _("等着看的帖子和回复"), "chat", "community:desk", Duty.MODERATION,
     lambda: counted(Case.objects.filter(settled_at=None), "opened_at")),
    (DeskGroup.MODERATION, _("特别守护"), _("一段时间里看得更紧"), "hand", "community:holds", Duty.MODERATION, None),
    (DeskGroup.SUPPORT, _("订单问题"), _("家长在等答复"), "question", "backoffice:questions", Duty.SUPPORT,
     lambda: counted(OrderQuestion.objects.filter(status=QuestionStatus.OPEN), "asked_at")),
    (DeskGroup.SUPPORT, _("心语信箱"), _("等回信的来信"), "mail", "letters:desk", Duty.COUNSELLING,
     lambda: counted(threads_to_answer([OURS]), "last_letter_at")),
)  # fmt: skip

_MONEY: tuple[_Row, ...] = (
    (DeskGroup.FINANCE, _("财务工作台"), _("今天要看的，钱在哪里"), "home", "finance:home", Duty.FINANCE, None),
    (DeskGroup.FINANCE, _("退不回去的退款"), _("家庭在等这笔钱"), "refresh", "finance:refunds", Duty.FINANCE,
     lambda: counted(refunds_for_people(), "requested_at")),
    (DeskGroup.FINANCE, _("银行卡争议"), _("过了期限就算我们认输"), "shield", "finance:disputes", Duty.FINANCE,
     lambda: counted(Dispute.objects.filter(state=DisputeState.NEEDS_RESPONSE), "opened_at")),
    (DeskGroup.FINANCE, _("付款异常"), _("金额、账户或签名对不上"), "warning", "finance:incidents", Duty.FINANCE,
     lambda: counted(incidents(closed=False), "opened_at")),
    (DeskGroup.FINANCE, _("对账差异"), _("支付机构的账单和我们的账不一样"), "swap", "finance:differences", Duty.FINANCE,
     lambda: counted(Difference.objects.exclude(state=DifferenceState.RESOLVED), "opened_at")),
    (DeskGroup.FINANCE, _("付款给机构"), _("要复核、要发出，或者没打成功"), "send", "finance:payouts", Duty.FINANCE,
     _payouts),
    (DeskGroup.FINANCE, _("主动退款"), _("金额大的要第二个人同意"), "heart", "finance:goodwill", Duty.FINANCE,
     lambda: counted(waiting_proposals(), "asked_at")),
    (DeskGroup.FINANCE, _("活动资金"), _("要第二个人同意的拨款和用款"), "gift", "finance:funds", Duty.FINANCE, _funds),
    (DeskGroup.FINANCE, _("发票"), _("要开的和要红冲的"), "clipboard", "finance:fapiao_queue", Duty.FINANCE, _fapiao),
)  # fmt: skip

_WORDS: tuple[_Row, ...] = (
    (DeskGroup.CATALOGUE, _("服务和商品"), _("销售状态和分类"), "basket", "backoffice:catalogue", Duty.REVIEW, None),
    (DeskGroup.CATALOGUE, _("供需"), _("每周约了多少、空了多少"), "chart", "backoffice:capacity", None, None),
    (DeskGroup.CONTENT, _("读者投稿"), _("等编辑看的"), "mail", "submissions:desk", Duty.CONTENT,
     lambda: counted(waiting_submissions(), "sent_at")),
    (DeskGroup.CONTENT, _("分享和收进"), _("文章、课程的出和入"), "swap", "sharing:desk", Duty.CONTENT, None),
    (DeskGroup.CONTENT, _("活动邀请"), _("发给谁，发了多少"), "send", "communities:campaigns", Duty.CONTENT, None),
    (DeskGroup.FINANCE, _("活动资助"), _("社区申请的"), "gift", "communities:grants", Duty.FINANCE, None),
    (DeskGroup.CONTENT, _("说法登记"), _("我们说了什么，凭什么"), "clipboard", "claims", Duty.CONTENT, None),
    (DeskGroup.PRIVACY, _("隐私投诉"), _("每一件都有期限"), "chat", "complaints:queue", Duty.PRIVACY,
     lambda: counted(open_queue(), "received_at")),
    (DeskGroup.PRIVACY, _("数据权利"), _("要更正的，和没办成的"), "edit", "data_rights:queue", Duty.PRIVACY, _corrections),
    (DeskGroup.PRIVACY, _("少年议事"), _("孩子们提的，等我们回答"), "bubble", "council:proposals", Duty.PRIVACY,
     lambda: counted(proposals_for_desk(), "proposed_at")),
    (DeskGroup.PRIVACY, _("查问是谁写的"), _("等第二个人"), "lock", "community:unmaskings", Duty.PRIVACY, _unmaskings),
    (DeskGroup.PRIVACY, _("影响评估"), _("每一种处理一份"), "clipboard", "notices:assessments", Duty.PRIVACY, None),
    (DeskGroup.PRIVACY, _("保存期限"), _("到期的和暂缓的"), "clock", "retention:desk", Duty.PRIVACY, None),
    (DeskGroup.PEOPLE, _("班次"), _("谁在什么时候值班"), "clock", "backoffice:shifts", None, None),
)  # fmt: skip


def register_desks() -> None:
    """Lay out the desks of the packages below; a portal adds its own."""
    for group, title, text, icon, url_name, duty, waiting in (*_CARE, *_MONEY, *_WORDS):
        register_desk(Desk(group, title, text, icon, url_name, duty, waiting=waiting))
    disputes = Desk(
        DeskGroup.SUPPORT,
        _("订单争议"),
        _("等我们决定的"),
        "swap",
        "backoffice:mediation",
        Duty.SUPPORT,
        Duty.FINANCE,
        waiting=lambda: counted(MediationCase.objects.filter(state__in=_OURS_TO_DECIDE), "opened_at"),
    )
    register_desk(disputes)
    editor = Desk(
        DeskGroup.CONTENT, _("编辑器"), _("写文章和课程"), "edit", "wagtailadmin_home", Duty.CONTENT, needs_shift=False
    )
    register_desk(editor)
    people = Desk(
        DeskGroup.PEOPLE,
        _("同事和职责"),
        _("变更要第二个人同意"),
        "people",
        "backoffice:people",
        for_leads=True,
        duty=Duty.PRIVACY,
        waiting=lambda: counted(waiting_changes(), "asked_at"),
    )
    register_desk(people)
    for title, text, icon, url_name in (
        (_("值守数据"), _("多久有人看，后来怎样"), "chart", "concerns:figures"),
        (_("原始数据"), _("每天的工作用不到；只留给修复"), "settings", "admin:index"),
    ):
        group = DeskGroup.DUTY if url_name == "concerns:figures" else DeskGroup.PEOPLE
        register_desk(Desk(group, title, text, icon, url_name, leads_only=True))
