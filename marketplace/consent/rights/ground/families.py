"""Families: a young person's profile, who cares for whom, invitations, minor mode's limits and minutes."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.families.enums import EndReason, GuardianshipStatus
from marketplace.families.models import (
    BirthdayNotice,
    Child,
    EndingRequest,
    GuardianLimits,
    Guardianship,
    Invitation,
    ScreenTime,
)
from marketplace.families.services.guardians import end

from ..enums import OPEN_STATES, RequestKind, Scope
from ..models import DataRequest
from ..registry import ErasureOutcome, Obstacle, Section, Subject, SubjectData
from ..removal import Removal, carried_out, foreseen, goes, stays, stripped

#: A birth date nobody has: the column takes no empty one, and everything that asks for an age finds an adult.
NO_BIRTH_DATE = date(1900, 1, 1)
_ENDING = _("有效的监护关系（结束）")


def _profile_sections(child: Child) -> list[Section]:
    profile = {
        "id": child.public_id,
        "nickname": child.nickname,
        "born_on": child.born_on,
        "school_year": child.get_school_year_display() if child.school_year is not None else None,
        "created_at": child.created_at,
        "archived_at": child.archived_at,
    }
    columns = {
        "nickname": _("称呼"),
        "born_on": _("出生日期"),
        "school_year": _("年级"),
        "created_at": _("建立时间"),
    }
    guardians = [
        {
            "relation": each.get_relation_display(),
            "scope": each.get_scope_display(),
            "status": each.get_status_display(),
            "since": each.created_at,
            "ended_at": each.ended_at,
        }
        for each in Guardianship.objects.filter(child=child).order_by("created_at", "pk")
    ]
    relation = {"relation": _("关系"), "scope": _("范围"), "status": _("状态"), "since": _("从"), "ended_at": _("到")}
    return [
        Section("profile", _("档案"), columns, [profile]),
        Section(
            "guardians", _("谁照顾"), relation, guardians, note=_("监护人的姓名和联系方式属于他们自己，不在这里。")
        ),
        _invitations_section(Invitation.objects.filter(child=child)),
        _limits_section(child),
        _minutes_section(child),
        _notices_section(child),
    ]


def _invitations_section(invitations: QuerySet[Invitation]) -> Section:
    rows = [
        {
            "kind": each.get_kind_display(),
            "made_at": each.created_at,
            "expires_at": each.expires_at,
            "accepted_at": each.accepted_at,
            "revoked_at": each.revoked_at,
        }
        for each in invitations.order_by("created_at")
    ]
    columns = {
        "kind": _("邀请"),
        "made_at": _("发出"),
        "expires_at": _("有效期到"),
        "accepted_at": _("接受"),
        "revoked_at": _("收回"),
    }
    return Section("invitations", _("家庭邀请"), columns, rows)


def _limits_section(child: Child) -> Section:
    rows = [
        {
            "daily_minutes": each.daily_minutes,
            "night_from": each.night_from,
            "night_until": each.night_until,
            "self_pay_once_fen": each.self_pay_once_fen,
            "self_pay_month_fen": each.self_pay_month_fen,
            "set_at": each.set_at,
        }
        for each in GuardianLimits.objects.filter(child=child)
    ]
    columns = {
        "daily_minutes": _("每天分钟数"),
        "night_from": _("夜间从"),
        "night_until": _("夜间到"),
        "self_pay_once_fen": _("单次自己付款上限（分）"),
        "self_pay_month_fen": _("每月自己付款上限（分）"),
        "set_at": _("设置时间"),
    }
    return Section("limits", _("监护人设置的限额"), columns, rows)


def _minutes_section(child: Child) -> Section:
    rows = [
        {"day": each.day, "minutes": each.minutes, "last_seen_at": each.last_seen_at}
        for each in ScreenTime.objects.filter(child=child).order_by("day")
    ]
    return Section("screen_time", _("未成年人模式的使用时长"), {"day": _("日期"), "minutes": _("分钟")}, rows)


def _notices_section(child: Child) -> Section:
    rows = [{"age": each.age, "told_at": each.told_at} for each in BirthdayNotice.objects.filter(child=child)]
    return Section("birthday_notices", _("生日前的提醒"), {"age": _("年龄"), "told_at": _("告知时间")}, rows)


def _caring_section(user: User) -> Section:
    rows = [
        {
            # What the child is called now is theirs to say once the guardianship has ended.
            "child": each.child.nickname if each.status == GuardianshipStatus.ACTIVE else None,
            "relation": each.get_relation_display(),
            "scope": each.get_scope_display(),
            "status": each.get_status_display(),
            "since": each.created_at,
            "ended_at": each.ended_at,
        }
        for each in Guardianship.objects.filter(guardian=user).select_related("child").order_by("created_at", "pk")
    ]
    columns = {
        "child": _("孩子"),
        "relation": _("关系"),
        "scope": _("范围"),
        "status": _("状态"),
        "since": _("从"),
        "ended_at": _("到"),
    }
    return Section(
        "caring", _("我照顾的孩子"), columns, rows, note=_("孩子自己的信息，请在“数据权利”页为孩子单独申请。")
    )


def _export(subject: Subject) -> list[Section]:
    if subject.scope is not Scope.FULL:
        return []
    sections = _profile_sections(subject.child) if subject.child else []
    if subject.user:
        sent = Invitation.objects.filter(Q(invited_by=subject.user) | Q(accepted_by=subject.user))
        sections.append(_caring_section(subject.user))
        if subject.child is None:
            sections.append(_invitations_section(sent))
    return sections


#: FHIR v3-RoleCode.
_ROLE_CODES = {"mother": "MTH", "father": "FTH", "grandparent": "GRPRN", "other": "GUARD"}


def _patient(child: Child) -> dict[str, Any]:
    return {
        "resourceType": "Patient",
        "id": str(child.public_id),
        "active": child.archived_at is None,
        "name": [{"use": "nickname", "text": child.nickname}],
        "birthDate": child.born_on.isoformat(),
    }


def _related_person(guardianship: Guardianship) -> dict[str, Any]:
    code = _ROLE_CODES.get(guardianship.relation, "GUARD")
    person: dict[str, Any] = {
        "resourceType": "RelatedPerson",
        "id": str(guardianship.public_id),
        "active": guardianship.status == GuardianshipStatus.ACTIVE,
        "patient": {"reference": f"Patient/{guardianship.child.public_id}"},
        "relationship": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-RoleCode", "code": code}]}],
        "period": {"start": guardianship.created_at.isoformat()},
    }
    if guardianship.ended_at:
        person["period"]["end"] = guardianship.ended_at.isoformat()
    return person


def _fhir(subject: Subject) -> list[dict[str, Any]]:
    if subject.scope is not Scope.FULL:
        return []
    if subject.child:
        guardianships = Guardianship.objects.filter(child=subject.child).select_related("child")
        return [_patient(subject.child), *map(_related_person, guardianships)]
    guardianships = Guardianship.objects.in_force().filter(guardian=subject.user).select_related("child")
    return [resource for each in guardianships for resource in (_patient(each.child), _related_person(each))]


def _removals(subject: Subject) -> list[Removal]:
    child, user = subject.child, subject.user
    mine = Q()
    if child:
        mine |= Q(child=child)
    if user:
        mine |= Q(guardian=user)
    whose_invitation = (Q(child=child) if child else Q()) | (Q(invited_by=user) | Q(accepted_by=user) if user else Q())
    guardianships = Guardianship.objects.filter(mine)
    removals = [
        goes(_("家庭邀请"), Invitation.objects.filter(whose_invitation)),
        goes(
            _("请求结束监护关系的记录"),
            EndingRequest.objects.filter(asked_by=user) if user else EndingRequest.objects.none(),
        ),
        stripped(
            _ENDING,
            guardianships.filter(status=GuardianshipStatus.ACTIVE),
            status=GuardianshipStatus.ENDED,
            ended_at=timezone.now(),
            ended_because="",
        ),
        stays(
            guardianships,
            record_class="guardianships",
            dated="ended_at",
            title=_("监护关系的起止时间（不含姓名和联系方式）"),
        ),
    ]
    if child:
        removals += [
            goes(_("限额设置"), GuardianLimits.objects.filter(child=child)),
            goes(_("使用时长"), ScreenTime.objects.filter(child=child)),
            goes(_("生日提醒"), BirthdayNotice.objects.filter(child=child)),
            stripped(
                _("档案：称呼、出生日期、年级"),
                Child.objects.filter(pk=child.pk).exclude(nickname="", born_on=NO_BIRTH_DATE),
                nickname="",
                born_on=NO_BIRTH_DATE,
                school_year=None,
                account=None,
                archived_at=child.archived_at or timezone.now(),
            ),
        ]
    return removals


def _is_alone(guardianship: Guardianship) -> bool:
    others = Guardianship.objects.in_force().full().filter(child=guardianship.child)
    return not others.exclude(pk=guardianship.pk).exists()


def _undecided_children(user: User) -> list[Child]:
    """Children who would be left without anybody: this person alone stands for them, and they cannot decide yet."""
    guardianships = Guardianship.objects.in_force().full().filter(guardian=user).select_related("child")
    leaving = set(
        DataRequest.objects.filter(kind=RequestKind.ERASE, state__in=OPEN_STATES).values_list("subject_id", flat=True)
    )
    return [
        each.child
        for each in guardianships
        if each.child.public_id not in leaving
        and not (each.child.account_id and each.child.rules.decides_alone)
        and _is_alone(each)
    ]


def _obstacles(subject: Subject) -> list[Obstacle]:
    if subject.user is None:
        return []
    return [
        Obstacle(
            _("%(name)s 只有您一位监护人。请先决定：删除孩子的资料，或者请另一位监护人加入。")
            % {"name": child.nickname},
            reverse("family:children"),
            _("去家庭页面"),
        )
        for child in _undecided_children(subject.user)
    ]


def _leave(user: User, asked_by: User | None) -> int:
    """A guardian leaves as on the family page: invitations close, the others are told; return how many ended."""
    active = Guardianship.objects.filter(guardian=user, status=GuardianshipStatus.ACTIVE).order_by("pk")
    leaving = list(active.select_for_update(of=("self",)).select_related("child", "guardian"))
    for guardianship in leaving:
        end(guardianship, because=EndReason.LEFT, ended_by=asked_by, now=timezone.now())
    return len(leaving)


def _erase(subject: Subject) -> ErasureOutcome:
    ended = _leave(subject.user, subject.asked_by) if subject.user and subject.child is None else 0
    outcome = carried_out(_removals(subject))
    return ErasureOutcome(stripped=((_ENDING, ended),)) + outcome if ended else outcome


DATA = SubjectData(
    key="families",
    title=_("家庭"),
    covers=frozenset(
        {
            "families.Child",
            "families.Guardianship",
            "families.EndingRequest",
            "families.Invitation",
            "families.BirthdayNotice",
            "families.GuardianLimits",
            "families.ScreenTime",
        }
    ),
    export=_export,
    erase=_erase,
    foresee=lambda subject: foreseen(_removals(subject)),
    fhir=_fhir,
    obstacles=_obstacles,
)
