"""What the shop holds before anything is bought: baskets, and the traces Oscar's apps can keep of a visitor."""

from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

from marketplace.accounts.models import User
from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Section, Subject, SubjectData, Words, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, goes

from .models import Basket, Line

#: (app, model, how it names the person, in words). Nothing here is kept once the person leaves.
_TRACES: tuple[tuple[str, str, str, Words], ...] = (
    ("address", "UserAddress", "user", _("地址簿")),
    ("wishlists", "WishList", "owner", _("心愿单")),
    ("customer", "ProductAlert", "user", _("到货提醒")),
    ("reviews", "ProductReview", "user", _("评价")),
    ("reviews", "Vote", "user", _("对评价的看法")),
    ("analytics", "UserRecord", "user", _("浏览统计")),
    ("analytics", "UserProductView", "user", _("看过的服务")),
    ("analytics", "UserSearch", "user", _("搜索过的词")),
    ("communication", "Email", "user", _("商城邮件")),
    ("communication", "Notification", "recipient", _("商城通知")),
    ("payment", "Bankcard", "user", _("银行卡")),
    ("voucher", "VoucherApplication", "user", _("优惠券的使用")),
)


def _traces_of(user: User) -> list[tuple[str, Words, "QuerySet[Any]"]]:
    return [
        (f"{app}_{name}".lower(), title, get_model(app, name).objects.filter(**{whose: user}))
        for app, name, whose, title in _TRACES
    ]


def _plain_values(row: Model) -> dict[str, Any]:
    """The row's own values, without the numbers that only join tables."""
    fields = [field for field in row._meta.concrete_fields if not field.is_relation and not field.primary_key]
    return {field.name: _plain(getattr(row, field.attname)) for field in fields}


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | bool | None) or hasattr(value, "isoformat") else str(value)


def _baskets_section(subject: Subject) -> Section:
    rows = [
        {
            "title": line.product.get_title(),
            "quantity": line.quantity,
            "child": line.child.nickname if line.child else None,
            "added_at": line.date_created,
        }
        for line in _lines(subject).select_related("product", "child").order_by("pk")
    ]
    columns = {"title": _("内容"), "quantity": _("数量"), "child": _("为谁"), "added_at": _("放入时间")}
    return Section("baskets", _("购物车"), columns, rows)


def _lines(subject: Subject) -> "QuerySet[Line]":
    mine = Q(basket__owner=subject.user) if subject.user else Q()
    if subject.child:
        mine |= Q(child=subject.child) | Q(booking__child=subject.child)
    return Line.objects.filter(mine)


def _export(subject: Subject) -> list[Section]:
    if subject.scope is not Scope.FULL:
        return []
    sections = [_baskets_section(subject)]
    for key, title, rows in _traces_of(subject.user) if subject.user else ():
        values = [_plain_values(row) for row in rows.order_by("pk")]
        if values:
            sections.append(Section(key, title, {name: name for name in values[0]}, values))
    return sections


def _removals(subject: Subject) -> list[Removal]:
    removals = [goes(_("购物车里的内容"), _lines(subject))]
    if subject.user:
        removals.append(goes(_("购物车"), Basket.objects.filter(owner=subject.user)))
        removals += [goes(title, rows) for _key, title, rows in _traces_of(subject.user)]
    return removals


def _erase(subject: Subject) -> ErasureOutcome:
    return carried_out(_removals(subject))


def register_subject_data() -> None:
    """Answer for baskets and traces."""
    traces = {f"{app}.{name}" for app, name, _whose, _title in _TRACES}
    register(
        SubjectData(
            key="basket",
            title=_("购物车"),
            covers=frozenset({"basket.Basket", "basket.Line", "wishlists.Line"} | traces),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
        )
    )
