"""Messages about disputes. Fit for a stranger's eyes: no product, no need, no words of either side."""

from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.accounts.duty.selectors import people_with
from marketplace.accounts.enums import Duty
from marketplace.accounts.models import User
from marketplace.core.formatting import day_text, yuan_text
from marketplace.notifications.enums import Channel
from marketplace.notifications.services import notify

from ..enums import Side
from ..models import Case, Ruling
from ..rules import SPEAKING_ROLES


def tell_opened(case: Case) -> None:
    """Tell the partner that it is asked to say something, and the buyer where somebody else of the family spoke."""
    words = _("订单 {number} 有一项争议，请在 {day} 前写下你们的说明。")
    _tell_partner(case, "opened", _("有一项争议等你们说明"), words)
    if case.line.order.user_id != case.opened_by_id:
        _tell_family(case, "opened", _("订单有一项争议"), _("家人对订单 {number} 提出了争议，登录后可以看到进度。"))


def tell_statement(case: Case, *, given_as: Side, number: int) -> None:
    """Tell the other side that there is something new to read; `number` counts the statements."""
    words = _("订单 {number} 的争议有新的说明，登录后可以看。")
    if given_as == Side.FAMILY:
        _tell_partner(case, f"said-{number}", _("争议有新的说明"), words)
    else:
        _tell_family(case, f"said-{number}", _("争议有新的说明"), words)


def tell_waiting(case: Case) -> None:
    """Tell our staff that a dispute can be decided."""
    _tell_duty(Duty.SUPPORT, case, "waiting", _("有一项争议可以处理了"), _("订单 {number} 的争议等平台决定。"))


def tell_second_person(ruling: Ruling) -> None:
    """Tell the people on finance duty that a decision above one person's sum waits for a second one."""
    words = _("订单 {number} 的争议决定要退 {sum}，等第二个人确认。")
    sum_text = yuan_text(ruling.refund_fen)
    subject = _("有一个争议决定等你确认")
    _tell_duty(Duty.FINANCE, ruling.case, f"second-{ruling.pk}", subject, words, sum=sum_text)


def tell_ruling(ruling: Ruling) -> None:
    """Tell both sides that it is decided, and until when they may ask for the authority."""
    case = ruling.case
    words = _("订单 {number} 的争议有决定了，登录后看理由。")
    if case.appeal_by and not case.closed_at:
        words = _("订单 {number} 的争议有决定了，登录后看理由；不同意的话，{day} 前可以请主管部门调解。")
    day = day_text(case.appeal_by) if case.appeal_by else ""
    _tell_family(case, f"ruling-{ruling.pk}", _("争议有决定了"), words, day=day)
    _tell_partner(case, f"ruling-{ruling.pk}", _("争议有决定了"), words, day=day)


def tell_appealed(case: Case) -> None:
    """Tell the other side and our staff that the authority is asked."""
    words = _("订单 {number} 的争议交给了主管部门调解，有结果会告诉你。")
    _tell_family(case, "appealed", _("争议进入调解"), words)
    _tell_partner(case, "appealed", _("争议进入调解"), words)
    _tell_duty(Duty.SUPPORT, case, "appealed", _("有一项争议请主管部门调解"), _("订单 {number} 的争议要转给主管部门。"))


def tell_withdrawn(case: Case) -> None:
    """Tell the partner that nothing is asked of it any more."""
    _tell_partner(case, "withdrawn", _("争议已撤回"), _("订单 {number} 的争议撤回了。"))


def tell_late(case: Case, clock: str) -> None:
    """Remind our staff, once, of a clock that ran out."""
    words = _("订单 {number} 的争议过了答应的时间。")
    _tell_duty(Duty.SUPPORT, case, f"late-{clock}", _("有一项争议过了时间"), words)


def _tell_family(case: Case, fact: str, subject: str, words: str, **more: str) -> None:
    people = {person.pk: person for person in (case.opened_by, case.line.order.user) if person is not None}
    for person in people.values():
        _tell(person, case, fact, subject, words, reverse("mediation:detail", args=[case.public_id]), more)


def _tell_partner(case: Case, fact: str, subject: str, words: str, **more: str) -> None:
    if case.line.partner is None:
        return
    team = case.line.partner.memberships.filter(role__in=SPEAKING_ROLES, user__is_active=True).select_related("user")
    for member in team:
        url = reverse("clinics:dispute", args=[case.public_id])
        _tell(member.user, case, fact, subject, words, url, {"day": day_text(case.answer_by)} | more)


def _tell_duty(duty: Duty, case: Case, fact: str, subject: str, words: str, **more: str) -> None:
    url = reverse("backoffice:mediation_case", args=[case.public_id])
    for person in people_with(duty):
        _tell(person, case, fact, subject, words, url, more, [Channel.IN_APP])


def _tell(
    person: User,
    case: Case,
    fact: str,
    subject: str,
    words: str,
    url: str,
    more: dict[str, str],
    channels: list[Channel] | None = None,
) -> None:
    notify(
        key=f"mediation:{case.pk}:{fact}:{person.pk}",
        recipient=person,
        subject=subject,
        body=words.format(number=case.line.order.number, **more),
        url=url,
        channels=channels,
    )
