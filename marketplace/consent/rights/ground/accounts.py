"""The account: how one signs in, what one accepted. On erasure nobody can be told from it any more."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.enums import Role
from marketplace.accounts.models import AgreementAcceptance, DutyShift, RecoveryCode, User

from ..enums import Scope
from ..registry import ErasureOutcome, Obstacle, Section, Subject, SubjectData
from ..removal import Removal, carried_out, foreseen, goes, stays, stripped

#: What is left of an account that other records point to. A password nobody can have: no hash ends like this.
NOBODY: dict[str, Any] = {
    "email": None,
    "phone": None,
    "phone_verified_at": None,
    "login_name": None,
    "nickname": "",
    "password": f"{UNUSABLE_PASSWORD_PREFIX}erased",
    "is_active": False,
    "is_staff": False,
    "is_superuser": False,
    "duties": [],
    "last_login": None,
}
FAMILY_ROLES = (Role.FAMILY, Role.TEEN)


def _account_section(user: User) -> Section:
    columns = {
        "nickname": _("称呼"),
        "phone": _("手机号"),
        "email": _("邮箱"),
        "login_name": _("登录名"),
        "role": _("角色"),
        "joined_at": _("注册时间"),
        "last_login_at": _("最近一次登录"),
    }
    row = {
        "id": user.public_id,
        "nickname": user.nickname,
        "phone": user.phone,
        "email": user.email,
        "login_name": user.login_name,
        "role": Role(user.role).label,
        "joined_at": user.date_joined,
        "last_login_at": user.last_login,
        "phone_verified_at": user.phone_verified_at,
    }
    return Section("account", _("账号"), columns, [row])


def _addresses_section(user: User) -> Section:
    rows = [
        {"email": each.email, "verified": each.verified, "primary": each.primary}
        for each in EmailAddress.objects.filter(user=user).order_by("pk")
    ]
    return Section("emails", _("登记过的邮箱"), {"email": _("邮箱"), "verified": _("已验证")}, rows)


def _second_step_section(user: User) -> Section:
    rows = [
        {"kind": each.type, "added_at": each.created_at, "last_used_at": each.last_used_at}
        for each in Authenticator.objects.filter(user=user).order_by("pk")
    ]
    columns = {"kind": _("方式"), "added_at": _("添加时间"), "last_used_at": _("最近使用")}
    return Section("second_step", _("两步验证"), columns, rows, note=_("密钥本身不导出：它是一把钥匙，不是信息。"))


def _recovery_section(user: User) -> Section:
    rows = [{"made_at": each.created_at, "used_at": each.used_at} for each in RecoveryCode.objects.filter(user=user)]
    return Section("recovery", _("找回码"), {"made_at": _("生成时间"), "used_at": _("使用时间")}, rows)


def _shifts_section(user: User) -> Section:
    rows = [
        {"duty": each.get_duty_display(), "begins_at": each.begins_at, "ends_at": each.ends_at}
        for each in DutyShift.objects.filter(user=user).order_by("begins_at")
    ]
    columns = {"duty": _("职责"), "begins_at": _("开始"), "ends_at": _("结束")}
    return Section("shifts", _("值班"), columns, rows)


def _agreements_section(user: User) -> Section:
    rows = [
        {"title": each.agreement.label, "version": each.agreement.version, "accepted_at": each.accepted_at}
        for each in AgreementAcceptance.objects.filter(user=user).select_related("agreement").order_by("accepted_at")
    ]
    columns = {"title": _("文本"), "version": _("版本"), "accepted_at": _("同意时间")}
    return Section("agreements", _("同意过的协议"), columns, rows)


def _export(subject: Subject) -> list[Section]:
    user = subject.user
    if user is None or subject.scope is not Scope.FULL:
        return []
    sections = (
        _account_section,
        _addresses_section,
        _second_step_section,
        _recovery_section,
        _agreements_section,
        _shifts_section,
    )
    return [section(user) for section in sections]


def _fhir(subject: Subject) -> list[dict[str, Any]]:
    user = subject.user
    if user is None or subject.scope is not Scope.FULL:
        return []
    telecom = [
        {"system": system, "value": value} for system, value in (("phone", user.phone), ("email", user.email)) if value
    ]
    person: dict[str, Any] = {"resourceType": "Person", "id": str(user.public_id), "active": user.is_active}
    if user.nickname:
        person["name"] = [{"use": "nickname", "text": user.nickname}]
    if telecom:
        person["telecom"] = telecom
    if subject.child:
        person["link"] = [{"target": {"reference": f"Patient/{subject.child.public_id}"}}]
    return [person]


def _removals(subject: Subject) -> list[Removal]:
    user = subject.user
    if user is None:
        return []
    accepted = AgreementAcceptance.objects.filter(user=user)
    return [
        goes(_("邮箱登记"), EmailAddress.objects.filter(user=user)),
        goes(_("两步验证"), Authenticator.objects.filter(user=user)),
        goes(_("找回码"), RecoveryCode.objects.filter(user=user)),
        stays(
            accepted, record_class="consents", dated="accepted_at", title=_("同意过的协议版本（不含姓名和联系方式）")
        ),
        stripped(
            _("账号：手机号、邮箱、称呼、密码"),
            User.objects.filter(pk=user.pk).exclude(password=NOBODY["password"]),
            **NOBODY,
        ),
    ]


def _obstacles(subject: Subject) -> list[Obstacle]:
    user = subject.user
    if user is None or user.role in FAMILY_ROLES:
        return []
    sentence = _("这是一个工作账号，和机构的记录连在一起。请先请机构的负责人把您移出，我们再为您删除。")
    return [Obstacle(sentence, "", "")]


def _erase(subject: Subject) -> ErasureOutcome:
    if subject.user is not None:
        subject.user.groups.clear()
        subject.user.user_permissions.clear()
    return carried_out(_removals(subject))


DATA = SubjectData(
    key="accounts",
    title=_("账号"),
    covers=frozenset(
        {
            "accounts.User",
            "accounts.DutyShift",
            "accounts.RecoveryCode",
            "accounts.AgreementAcceptance",
            "account.EmailAddress",
            "mfa.Authenticator",
        }
    ),
    export=_export,
    erase=_erase,
    foresee=lambda subject: foreseen(_removals(subject)),
    fhir=_fhir,
    obstacles=_obstacles,
)
