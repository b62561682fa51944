"""The words for a report's codes: of its tables, their columns and rows."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.catalogue.enums import ProductKind
from catalog.mediation.enums import Side as DisputeSide
from catalog.partner.enums import OrganisationType
from marketplace.consent.complaints.enums import Cause, Side, Topic
from marketplace.consent.enums import Purpose
from marketplace.core.age_bands import AgeBand
from marketplace.core.audit.enums import Outcome
from marketplace.core.formatting import yuan_text
from marketplace.core.needs import Need
from payments.enums import IncidentKind
from payments.ledger.enums import AccountKind
from payments.settlement.enums import EarnedBy

from .sections import ALL, Cell

WITHHELD = "—"
Labels = Mapping[str, Any]


@dataclass(frozen=True)
class Words:
    """A table's title, what has to be known to read it, and the labels of its rows' codes."""

    title: Promise
    note: Promise | str = ""
    rows: Labels = field(default_factory=dict)
    columns: Labels = field(default_factory=dict)


@dataclass(frozen=True)
class ReadSection:
    """A table as people read it."""

    key: str
    title: Promise
    note: Promise | str
    heads: list[str]
    rows: list[list[str]]


_COLUMNS: dict[str, Promise | str] = {
    ALL: _("合计"),
    "asked": _("来约的孩子"),
    "closed": _("已结束"),
    "commission_fen": _("平台服务费"),
    "enough": _("够"),
    "fault": _("问题"),
    "fen": _("金额"),
    "free_hours": _("空着的小时"),
    "high_fen": _("最高"),
    "is_new": _("新上架"),
    "low_fen": _("最低"),
    "median_days": _("从来约到见面（天，中位数）"),
    "median_fen": _("中位数"),
    "number": _("数量"),
    "offered_hours": _("可约（小时）"),
    "offers": _("在售"),
    "opened": _("发生"),
    "partner": _("机构"),
    "partner_fen": _("给机构的"),
    "percent": "%",
    "plans_fen": _("会员"),
    "providers": _("咨询师和医生"),
    "received": _("收到"),
    "short": _("不够"),
    "side": _("责任方"),
    "state": _("情况"),
    "sum_fen": _("合计"),
    "tag": _("归类"),
    "taken_hours": _("已约（小时）"),
    "times": _("出现（次）"),
    "value": _("结果"),
    "version": _("版本"),
    "waiting": _("在等的孩子"),
    "elsewhere": _("没有写区县"),
}
_CODES: dict[str, Any] = {
    "short": _("不够"),
    "enough": _("够"),
    "youth": _("青少年服务"),
    "not_youth": _("不算青少年服务"),
    "served": _("在用"),
    "not_served": _("没有批准，不用"),
    "holds": _("做到了"),
    "fails": _("没有做到"),
    "seal": _("封条或签名对不上"),
    "order": _("和前一天接不上"),
    "missing": _("少了记录"),
    "changed": _("记录被改过"),
} | {side.value: side.label for side in Side}

_SECTIONS: dict[str, Words] = {
    "demand": Words(_("来约的孩子，按困扰和区县"), _("一个孩子在一格里只算一次。"), dict(Need.choices)),
    "ages": Words(_("来约的孩子，按年龄和区县"), rows=dict(AgeBand.choices)),
    "supply": Words(_("可约的时间，按区县"), _("少于 3 位咨询师的区县不写小时数。")),
    "shortage": Words(
        _("够不够"),
        _(
            "周末还在等的孩子有 10 个以上，而且比这一周空着的小时还多，就是不够。一位咨询师的空时间算在 TA 帮得上的每个方向。"
        ),
        dict(Need.choices),
    ),
    "waiting": Words(_("等了多久"), rows=dict(Need.choices)),
    "prices": Words(_("价格"), rows=dict(ProductKind.choices)),
    "weeks": Words(_("这个月的各周"), _("和每周的报告相同，不另外数。"), columns={"short": _("不够的方向")}),
    "complaints": Words(_("个人信息投诉，关于什么"), rows=dict(Topic.choices)),
    "causes": Words(_("投诉的原因和责任方"), rows=dict(Cause.choices), columns=dict(Side.choices)),
    "clocks": Words(
        _("按时处理的比例"),
        _("一天内确认，十五个工作日内答复。人数太少时不写。"),
        {
            "acknowledged_on_time": _("按时确认收到"),
            "answered_on_time": _("按时答复"),
            "second_answered_on_time": _("按时复核"),
        },
    ),
    "incidents": Words(
        _("异常和责任方"),
        _("技术问题由平台负责，服务偏差由专业机构负责；每一种都有责任方。"),
        dict(IncidentKind.choices),
    ),
    "disputes": Words(
        _("消费争议，按责任方"),
        _("下面四行里少于 10 的不写。"),
        {
            **dict(DisputeSide.choices),
            "undecided": _("还没有决定"),
            "appealed": _("请主管部门调解"),
            "withdrawn": _("撤回了"),
            "answered_late": _("机构没有按时答复"),
            "decided_late": _("平台没有按时决定"),
        },
    ),
    "organisations": Words(_("平台上的机构"), rows=dict(OrganisationType.choices)),
    "funds": Words(
        _("社区活动资金"),
        rows={"fund_in": _("这个月进来的"), "fund_out": _("这个月用掉的"), "fund_left": _("月底还有的")},
    ),
    "chain": Words(
        _("查看记录的链"),
        rows={
            "days_walked": _("核对的天数"),
            "days_closed": _("已封存的天数"),
            "days_broken": _("对不上的天数"),
            "last_seal": _("最后一个封条"),
        },
    ),
    "faults": Words(_("对不上的日子")),
    "looks": Words(_("查看和拒绝的次数，按目的"), rows=dict(Purpose.choices), columns=dict(Outcome.choices)),
    "models": Words(_("模型"), columns={"number": _("伦理审查编号")}),
    "revenue": Words(
        _("收入，按提供了什么"),
        _("会面和课程的收入、会员收入算青少年服务；商品和社区资金不算。"),
        {**dict(EarnedBy.choices), "plan": _("会员"), "other": _("其他")},
    ),
    "youth": Words(_("青少年服务收入"), rows={"youth": _("青少年服务")}),
    "ledger": Words(_("总账里的同一笔"), rows=dict(AccountKind.choices)),
    "measures": Words(
        _("曝光"),
        rows={
            "gini": _("曝光的基尼系数"),
            "gini_by_merit": _("按空闲时间算的基尼系数"),
            "new_share": _("新服务占的曝光"),
            "new_part": _("新服务占的数量"),
            "floor": _("新服务的保底"),
        },
    ),
    "services": Words(_("每项服务")),
}


def read_sections(content: Mapping[str, Any]) -> Iterator[ReadSection]:
    """Yield a report's tables in words of the language in use."""
    for section in content["sections"]:
        words = _SECTIONS[section["key"]]
        labels = {**_COLUMNS, **words.columns}
        yield ReadSection(
            key=section["key"],
            title=words.title,
            note=words.note,
            heads=["", *(str(labels.get(column, column)) for column in section["columns"])],
            rows=[list(_read_row(row, section["columns"], words)) for row in section["rows"]],
        )


def _read_row(row: list[Cell], columns: list[str], words: Words) -> Iterator[str]:
    code = str(row[0])
    yield str(_COLUMNS[code] if code in (ALL, "elsewhere") else words.rows.get(code, code))
    for column, cell in zip(columns, row[1:], strict=True):
        yield _read_cell(column, cell)


def _read_cell(column: str, cell: Cell) -> str:
    if cell is None:
        return WITHHELD
    if isinstance(cell, str):
        return str(_CODES.get(cell, cell))
    write: Callable[[Any], str] = yuan_text if column.endswith("fen") else str
    return write(cell)


def fault_label(fault: str) -> str:
    """Return what is wrong with a day's chain, "" where nothing is."""
    return str(_CODES[fault]) if fault else ""
