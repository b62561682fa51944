"""Messages about standing, to the people of organisations. Nothing of families is in them."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.partner.enums import TeamRole
from catalog.partner.models import Membership, Partner
from marketplace.accounts.models import User
from marketplace.core.formatting import day_text
from marketplace.notifications.services import notify

from ..models import Licence, Withholding
from .applying import partners_touched


def managers_of(partners: Iterable[Partner]) -> list[User]:
    """Return the managers of these organisations, each once."""
    rows = Membership.objects.filter(partner__in=list(partners), role=TeamRole.MANAGER, user__is_active=True)
    return list({row.user_id: row.user for row in rows.select_related("user").order_by("pk")}.values())


def tell_withheld(row: Withholding) -> None:
    """Tell the managers of whom it is about: what was stopped, by whom, and that they may appeal."""
    body = _("{body}作出了决定，「{target}」现在不能被预约和购买。理由和申诉的办法在页面里。").format(
        body=row.body.name, target=row.target
    )
    _tell_managers(row, "withheld", _("一项服务被停止"), body)


def tell_lifted(row: Withholding) -> None:
    """Tell the same people that it is over."""
    body = _("{body}撤销了对「{target}」的决定，没有别的原因的话，现在又可以预约了。").format(
        body=row.body.name, target=row.target
    )
    _tell_managers(row, "lifted", _("一项决定已撤销"), body)


def tell_appealed(row: Withholding) -> None:
    """Tell the association that somebody speaks against its decision."""
    url = reverse("standing:decision", args=[row.public_id])
    for person in managers_of([row.body]):
        notify(
            key=f"withholding:{row.pk}:appealed:{person.pk}",
            recipient=person,
            subject=_("有一份申诉等你们答复"),
            body=_("对「{target}」的决定有一份申诉，请由作出决定以外的人答复。").format(target=row.target),
            url=url,
        )


def tell_answered(row: Withholding) -> None:
    """Tell whoever appealed what became of it."""
    body = _("{body}答复了你们对「{target}」的申诉：{state}。").format(
        body=row.body.name, target=row.target, state=row.get_appeal_state_display()
    )
    _tell_managers(row, "answered", _("申诉有答复了"), body)


def tell_licence_ends(licence: Licence, days: int) -> None:
    """Tell an organisation's managers that a licence ends soon, and what happens then."""
    body = _("{licence} 在 {day} 到期，还有 {days} 天。过了那一天还没有更新的话，你们的项目就不再显示。").format(
        licence=licence, day=_last_day(licence), days=days
    )
    for person in managers_of([licence.partner]):
        notify(
            key=f"licence:{licence.pk}:{licence.valid_until_on:%Y%m%d}:{days}:{person.pk}",
            recipient=person,
            subject=_("证照快到期了"),
            body=body,
        )


def _last_day(licence: Licence) -> str:
    return day_text(licence.valid_until_on) if licence.valid_until_on else ""


def _tell_managers(row: Withholding, fact: str, subject: str, body: str) -> None:
    url = reverse("standing:decision", args=[row.public_id])
    for person in managers_of(partners_touched(row)):
        notify(key=f"withholding:{row.pk}:{fact}:{person.pk}", recipient=person, subject=subject, body=body, url=url)
