"""What organisations hold about the people in their teams: their place, and the invitation they came by."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Obstacle, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, goes

from .enums import TeamRole
from .models import Membership, TeamInvitation


def _places(subject: Subject) -> "QuerySet[Membership]":
    if subject.user is None:
        return Membership.objects.none()
    return Membership.objects.filter(user=subject.user).order_by("joined_at", "pk")


def _invitations(subject: Subject) -> "QuerySet[TeamInvitation]":
    if subject.user is None:
        return TeamInvitation.objects.none()
    return TeamInvitation.objects.filter(accepted_by=subject.user).order_by("created_at", "pk")


def _export(subject: Subject) -> list[Section]:
    if subject.scope is not Scope.FULL or subject.user is None:
        return []
    places = [
        {"partner": place.partner.name, "role": place.get_role_display(), "joined_at": place.joined_at}
        for place in _places(subject).select_related("partner")
    ]
    came_by = [
        {"partner": each.partner.name, "address": each.address_hint, "accepted_at": each.accepted_at}
        for each in _invitations(subject).select_related("partner")
    ]
    of_places = {"partner": _("机构"), "role": _("在团队中做什么"), "joined_at": _("加入时间")}
    of_invitations = {"partner": _("机构"), "address": _("发到"), "accepted_at": _("接受时间")}
    return [
        Section("teams", _("所在的团队"), of_places, places),
        Section("team_invitations", _("接受过的团队邀请"), of_invitations, came_by),
    ]


def _obstacles(subject: Subject) -> list[Obstacle]:
    """An organisation is never left without a manager: another one is named first."""
    managed = _places(subject).filter(role=TeamRole.MANAGER).select_related("partner")
    alone = [
        place
        for place in managed
        if not place.partner.memberships.filter(role=TeamRole.MANAGER).exclude(pk=place.pk).exists()
    ]
    sentence = _("你是一家机构唯一的负责人。请先请另一位同事当负责人。")
    return [Obstacle(sentence, reverse("teams:team"), _("打开团队")) for _place in alone[:1]]


def _removals(subject: Subject) -> list[Removal]:
    return [goes(_("所在的团队"), _places(subject)), goes(_("接受过的团队邀请"), _invitations(subject))]


def _erase(subject: Subject) -> ErasureOutcome:
    return carried_out(_removals(subject))


def register_subject_data() -> None:
    """Answer for teams."""
    register(
        SubjectData(
            key="teams",
            title=_("所在的团队"),
            covers=frozenset({"partner.Membership", "partner.TeamInvitation"}),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
            obstacles=_obstacles,
        )
    )
