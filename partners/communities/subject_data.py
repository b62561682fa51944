"""Which communities' activities a person signed up for, and what they wrote for a community they work for."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, goes, stripped

from .enums import SignUpState
from .models import ActivityVersion, Campaign, Proposal, SignUp
from .services.attending import give_seats_back


def _sign_ups(subject: Subject) -> "QuerySet[SignUp]":
    if subject.user is None:
        return SignUp.objects.none()
    return SignUp.objects.filter(person=subject.user).order_by("asked_at", "pk")


def _row(sign_up: SignUp) -> dict[str, Any]:
    return {
        "title": sign_up.activity.title,
        "asked_at": sign_up.asked_at,
        "seats": sign_up.seats,
        "number": sign_up.number,
        "state": sign_up.get_state_display(),
        "checked_in_at": sign_up.checked_in_at,
    }


def _export(subject: Subject) -> list[Section]:
    if subject.scope is not Scope.FULL or subject.user is None:
        return []
    columns = {
        "title": _("活动"),
        "asked_at": _("报名的时间"),
        "seats": _("几个人"),
        "number": _("报名号"),
        "state": _("状态"),
        "checked_in_at": _("签到的时间"),
    }
    rows = [_row(each) for each in _sign_ups(subject).select_related("activity")]
    return [Section("activity_sign_ups", _("报名的社区活动"), columns, rows)]


def _removals(subject: Subject) -> list[Removal]:
    if subject.user is None:
        return []
    name = _("替社区写的计划上的名字")
    return [
        goes(_("报名的社区活动"), _sign_ups(subject)),
        stripped(name, ActivityVersion.objects.filter(written_by=subject.user), written_by=None),
        stripped(name, Proposal.objects.filter(written_by=subject.user), written_by=None),
        stripped(name, Campaign.objects.filter(sent_by=subject.user), sent_by=None),
    ]


def _erase(subject: Subject) -> ErasureOutcome:
    for sign_up in _sign_ups(subject).filter(state=SignUpState.GOING, checked_in_at=None):
        give_seats_back(sign_up)
    return carried_out(_removals(subject))


def register_subject_data() -> None:
    """Answer for sign-ups and for plans."""
    register(
        SubjectData(
            key="communities",
            title=_("社区活动"),
            covers=frozenset(
                {
                    "communities.Activity",
                    "communities.NeededResource",
                    "communities.ActivityVersion",
                    "communities.SignUp",
                    "communities.Answer",
                    "communities.Proposal",
                    "communities.ProposalLine",
                    "communities.Campaign",
                    "communities.Invitation",
                    "communities.InvitationChoice",
                }
            ),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
        )
    )
