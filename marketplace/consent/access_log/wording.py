"""The record of looks in plain words."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from marketplace.consent.enums import DataItem, Purpose, Reason
from marketplace.core.audit.enums import Action, Outcome
from marketplace.core.audit.models import AuditEvent
from marketplace.core.formatting import in_shanghai
from marketplace.core.labels import shown_label

_DID: dict[str, str | Promise] = {
    Action.READ: gettext_lazy("看了"),
    Action.CREATE: gettext_lazy("新增了"),
    Action.UPDATE: gettext_lazy("修改了"),
    Action.DELETE: gettext_lazy("删除了"),
    Action.EXECUTE: gettext_lazy("处理了"),
}
_OTHER_PURPOSES: dict[str, str | Promise] = {
    "legal_hold": gettext_lazy("按法律要求先保留"),
    "duty": gettext_lazy("值班工作"),
    "rights": gettext_lazy("办理本人的请求"),
    "complaint": gettext_lazy("处理投诉"),
    "letter": gettext_lazy("回信"),
    "submission": gettext_lazy("审阅投稿"),
}
#: Reasons that repeat the purpose.
_SAID_BY_PURPOSE = {Reason.SERVICE, Reason.DUTY, Reason.OWN}


@dataclass
class Line:
    """One line of the page: the same look by the same people on one day, however often."""

    who: str
    did: str
    what: str
    why: str
    because: str
    is_refused: bool
    is_own: bool
    times: list[datetime] = field(default_factory=list)

    @property
    def count_text(self) -> str:
        """How often, where it was more than once."""
        times = len(self.times)
        return ngettext("%(count)d 次", "%(count)d 次", times) % {"count": times} if times > 1 else ""


def days_of(looks: Iterable[AuditEvent], own_ids: Collection[UUID]) -> list[tuple[date, list[Line]]]:
    """Looks, the latest first, as days with lines; a look repeated on a day becomes one line with its times."""
    return [
        (day, _lines(of_day, own_ids))
        for day, of_day in groupby(looks, key=lambda look: in_shanghai(look.recorded_at).date())
    ]


def _lines(looks: Iterable[AuditEvent], own_ids: Collection[UUID]) -> list[Line]:
    lines: dict[tuple, Line] = {}
    for look in looks:
        key = (look.actor_label, look.action, tuple(look.items), look.purpose, look.outcome, look.reason)
        line = lines.setdefault((*key, look.actor_id in own_ids), line_of(look, own_ids))
        line.times.append(look.recorded_at)
    return list(lines.values())


def line_of(look: AuditEvent, own_ids: Collection[UUID]) -> Line:
    """One look in words, without its time."""
    return Line(
        who=who(look.actor_label, has_actor=look.actor_id is not None),
        did=str(_DID[look.action]),
        what=what(look.items),
        why=why(look.purpose),
        because=because(look.reason),
        is_refused=look.outcome == Outcome.REFUSED,
        is_own=look.actor_id in own_ids,
    )


def who(label: str, *, has_actor: bool = True) -> str:
    """Who, in the reader's language: organisations keep their names, roles are translated."""
    if not label:
        return _("心桥的工作人员") if has_actor else _("心桥的系统")
    return shown_label(label)


def what(items: Iterable[str]) -> str:
    """The kinds of data, in the words of the consent page."""
    named = [str(DataItem(item).label) for item in items if item in DataItem.values]
    return _("、").join(named) or _("个人信息")


def why(purpose: str) -> str:
    """The purpose in words."""
    if purpose in Purpose.values:
        return str(Purpose(purpose).label)
    return str(_OTHER_PURPOSES.get(purpose.partition(":")[0]) or _("其他工作"))


def because(reason: str) -> str:
    """Why it was allowed or refused, where there is a word for it and the purpose does not say it already."""
    return str(Reason(reason).label) if reason in Reason.values and reason not in _SAID_BY_PURPOSE else ""
