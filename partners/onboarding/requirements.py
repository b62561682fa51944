"""What each kind of organisation hands in, and what our reviewers check. One place, read by pages and rules alike."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.partner.enums import OrganisationType

from .enums import PaperKind


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a checklist: what is checked, and how one comes to know."""

    key: str
    title: Promise
    how: Promise


@dataclass(frozen=True, slots=True)
class Requirements:
    """What a kind of organisation needs. Of `licences` one is enough; of `papers` each."""

    kind: OrganisationType
    what: Promise
    licences: tuple[PaperKind, ...]
    papers: tuple[PaperKind, ...]
    needs_people: bool
    checklist: tuple[Point, ...]


_EVERYBODY = (
    Point("registered", _("名称和统一社会信用代码一致"), _("在公示系统里查到，没有注销或列为异常")),
    Point("licence", _("证照真实、在有效期内"), _("对照发证机关的公开信息，编号、机关、日期都一致")),
    Point("signer", _("签署人的身份和授权"), _("拨打机构公开的电话，由机构确认这个人和这份授权")),
    Point("child_safety", _("有未成年人保护制度"), _("写了谁负责、怎么报告、怎么招用人员")),
    Point("words", _("介绍没有超出证照的说法"), _("不夸大，不保证效果")),
)
_CARERS = (
    Point("degrees", _("学历和资格证书属实"), _("每个人都有证书，姓名一致，能在颁发机构查到")),
    Point("hours", _("受训和实务小时数可信"), _("和从业年数、督导说明对得上，必要时请机构补材料")),
    Point("registration", _("行业注册属实"), _("在注册机构的名录里查到；没有注册的写明原因")),
    Point("supervision", _("有固定的督导"), _("督导人、频率都写清楚，和本人没有利益冲突")),
    Point("records", _("没有不适合和孩子工作的记录"), _("机构承诺已经按法律查询，并保留了结果")),
)
_AUTHORISED = (PaperKind.AUTHORISATION, PaperKind.CHILD_SAFETY)

REQUIREMENTS: dict[OrganisationType, Requirements] = {
    found.kind: found
    for found in (
        Requirements(
            OrganisationType.CLINIC,
            _("提供心理咨询、小组和课程的机构或工作室"),
            (PaperKind.BUSINESS,),
            _AUTHORISED,
            True,
            (
                *_EVERYBODY,
                *_CARERS,
                Point("place", _("场所适合孩子"), _("地址真实，到店的有独立房间；只做线上的选“不适用”")),
            ),
        ),
        Requirements(
            OrganisationType.HOSPITAL,
            _("有相应科目的医院和门诊"),
            (PaperKind.MEDICAL,),
            _AUTHORISED,
            True,
            (*_EVERYBODY, *_CARERS, Point("scope", _("登记的科目包含要提供的服务"), _("对照许可证副本上的科目"))),
        ),
        Requirements(
            OrganisationType.SCHOOL,
            _("学校和它的心理辅导室"),
            (PaperKind.SCHOOL,),
            _AUTHORISED,
            False,
            (*_EVERYBODY, Point("lists", _("名单的用途经过告知"), _("学校说明了怎么告知家长和学生，谁能看名单"))),
        ),
        Requirements(
            OrganisationType.COMMUNITY,
            _("社区、街道和它们的活动站"),
            (PaperKind.COMMUNITY, PaperKind.SOCIAL, PaperKind.SCHOOL),
            _AUTHORISED,
            False,
            (*_EVERYBODY, Point("volunteers", _("志愿者经过筛选"), _("和孩子接触的志愿者有登记、有培训、不单独相处"))),
        ),
        Requirements(
            OrganisationType.ASSOCIATION,
            _("行业协会和学会"),
            (PaperKind.SOCIAL,),
            (PaperKind.AUTHORISATION,),
            False,
            (
                *(point for point in _EVERYBODY if point.key != "child_safety"),
                Point("charter", _("章程包含行业自律"), _("章程或业务范围里写明")),
                Point("independent", _("和被评估的机构没有利益关系"), _("负责评估的人写了声明")),
            ),
        ),
    )
}


def requirements_of(kind: str) -> Requirements:
    """Return what a kind of organisation needs; KeyError for a kind that does not apply by itself."""
    return REQUIREMENTS[OrganisationType(kind)]
