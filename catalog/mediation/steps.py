"""The road of a dispute as its pages draw it."""

from typing import Any

from django.utils.translation import gettext as _

from .enums import CaseState
from .models import Case

STATUS_KINDS: dict[str, str] = {
    CaseState.OPEN: "wait",
    CaseState.DECIDING: "wait",
    CaseState.CONFIRMING: "wait",
    CaseState.DECIDED: "good",
    CaseState.MEDIATING: "note",
}


def steps_of(case: Case) -> list[dict[str, Any]]:
    """What is done, what is now, and what is to come; the authority only where it was asked."""
    road = [
        (_("提出"), case.opened_at),
        (_("机构说明"), case.answered_at or (case.answer_by if case.state != CaseState.OPEN else None)),
        (_("平台决定"), case.decided_at),
    ]
    if case.appealed_at:
        road += [(_("请主管部门调解"), case.appealed_at)]
    road += [(_("结束"), case.closed_at)]
    is_open = case.closed_at is None
    next_index = next((index for index, (_label, at) in enumerate(road) if at is None), len(road))
    return [
        {"label": label, "at": at, "state": "done" if at else "now" if is_open and index == next_index else "todo"}
        for index, (label, at) in enumerate(road)
    ]
