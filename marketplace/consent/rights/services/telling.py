"""What people are told about requests. Texts are fit for a stranger's eyes: they name no content."""

from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.accounts.enums import Duty
from marketplace.accounts.models import User
from marketplace.core.formatting import moment_text
from marketplace.families.models import Guardianship
from marketplace.notifications.enums import Channel
from marketplace.notifications.services import notify

from ..models import DataRequest


def _page(request: DataRequest) -> str:
    return reverse("data_rights:request", args=[request.public_id])


def _tell(request: DataRequest, person: User | None, fact: str, subject: str, body: str, url: str = "") -> None:
    if person is not None and person.is_active:
        key = f"data-request:{request.pk}:{fact}:{person.pk}"
        notify(key=key, recipient=person, subject=subject, body=body, url=url or _page(request))


def tell_copy_ready(request: DataRequest) -> None:
    """The copy can be fetched."""
    _tell(request, request.asked_by, "ready", _("你要的文件准备好了"), _("你要的文件准备好了，7 天内登录后可以下载。"))


def tell_family_of_erasure(request: DataRequest) -> None:
    """Who asked gets the page where the certificate will stand; whoever else may stop it hears of it in time."""
    assert request.next_run_at is not None
    when = moment_text(request.next_run_at)
    body = _(
        "我们收到了你的申请，{when} 开始处理，在那之前可以撤回。办完以后，证明在这个页面上，请保存好链接。"
    ).format(when=when)
    certificate = reverse("data_rights:certificate", args=[request.public_id])
    _tell(request, request.asked_by, "erasure", _("我们收到了你的申请"), body, certificate)
    body = _("有一份和你的家庭有关的申请，{when} 开始处理，在那之前可以撤回。登录后查看。").format(when=when)
    for person in _others_who_may_stop(request):
        _tell(request, person, "erasure", _("有一份申请需要你知道"), body)


def tell_withdrawn(request: DataRequest, *, by: User) -> None:
    """The others who knew of it."""
    people = {request.asked_by, *_others_who_may_stop(request)} - {by, None}
    for person in people:
        _tell(request, person, "withdrawn", _("申请已撤回"), _("之前的一份申请已经撤回，什么都没有改变。"))


def tell_paused(request: DataRequest) -> None:
    """Why it takes longer."""
    body = _("你的申请暂时还不能办，登录后查看原因。")
    _tell(request, request.asked_by, f"paused:{request.pause}", _("申请需要等一等"), body)


def tell_erased(request: DataRequest) -> None:
    """Whoever is still here hears that it is done."""
    certificate = reverse("data_rights:certificate", args=[request.public_id])
    for person in {request.asked_by, *_others_who_may_stop(request)} - {None}:
        _tell(request, person, "erased", _("申请已办完"), _("你的申请已经办完，证明在这个页面上。"), certificate)


def tell_answered(request: DataRequest) -> None:
    """A correction has an answer."""
    _tell(request, request.asked_by, "answered", _("更正申请有回复了"), _("你的更正申请有回复了，登录后查看。"))


def tell_staff_of_correction(request: DataRequest) -> None:
    """Whoever has the duty, in the app."""
    _tell_privacy_staff(request, "new", _("新的更正申请"), _("有一份新的更正申请，请在期限内回复。"))


def tell_staff_of_failure(request: DataRequest) -> None:
    """The worker gave up."""
    _tell_privacy_staff(request, "failed", _("一份申请没有办成"), _("一份数据权利的申请没有自动办成，请查看。"))


def _tell_privacy_staff(request: DataRequest, fact: str, subject: str, body: str) -> None:
    for person in User.objects.filter(duties__contains=[Duty.PRIVACY], is_active=True):
        notify(
            key=f"data-request:{request.pk}:{fact}:{person.pk}",
            recipient=person,
            subject=subject,
            body=body,
            url=reverse("data_rights:queue"),
            channels=[Channel.IN_APP],
        )


def _others_who_may_stop(request: DataRequest) -> set[User]:
    """The child's other full guardians, where guardians ask."""
    child = request.child
    if child is None or request.asked_by_id == child.account_id:
        return set()
    guardianships = Guardianship.objects.in_force().full().filter(child=child).select_related("guardian")
    return {each.guardian for each in guardianships if each.guardian_id != request.asked_by_id}
