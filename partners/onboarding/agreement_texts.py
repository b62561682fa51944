"""The agreement in force with each kind of organisation, and its matrix of duties.

A version that was published is never edited here: another version takes its place, and who signed the old one signs again.
"""

from dataclasses import dataclass

from catalog.partner.enums import OrganisationType

from .enums import DutyOwner

VERSION = "2026-11"


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty: who answers for it, and the page that shows it is done. These texts are signed as they stand, in Chinese."""

    key: str
    duty: str
    owner: DutyOwner
    evidence: str


_SHARED = (
    Duty("truth", "提交的证照、人员和说明真实；有变化三个工作日内更新", DutyOwner.PARTNER, "onboarding:home"),
    Duty("children", "遵守未成年人保护制度；发现孩子可能受到侵害，立即报警并告诉心桥", DutyOwner.PARTNER, "crisis"),
    Duty("secrecy", "只看服务需要的信息，不下载、不转发、不留底", DutyOwner.PARTNER, "notices:processing"),
    Duty("words", "介绍不夸大、不保证效果、不超出证照", DutyOwner.PARTNER, "notices:claims"),
    Duty("checks", "核验证照和人员，两个人都同意才开通；到期前提醒", DutyOwner.PLATFORM, "onboarding:home"),
    Duty("privacy", "加密保存孩子和家庭的信息，每次查看都留下记录", DutyOwner.PLATFORM, "notices:privacy"),
    Duty("fees", "收费规则公开，每个版本都能查到，改动以前先通知", DutyOwner.PLATFORM, "fees:index"),
    Duty("complaints", "受理投诉，按公开的时限答复", DutyOwner.PLATFORM, "complaints:new"),
    Duty("standards", "参与制定服务标准，评估机构，公布结果", DutyOwner.ASSOCIATION, "notices:claims"),
    Duty("effect", "判断方法有没有效果，给出意见", DutyOwner.UNIVERSITY, "notices:claims"),
    Duty("oversight", "查看供需、投诉和安全的汇总，必要时调解", DutyOwner.AUTHORITY, "notices:hub"),
)
_OWN = {
    OrganisationType.CLINIC: (
        Duty(
            "competence", "咨询师保持注册和督导；超出能力的，建议家庭去医疗机构", DutyOwner.PARTNER, "onboarding:home"
        ),
    ),
    OrganisationType.HOSPITAL: (
        Duty("scope", "只提供许可证登记科目内的服务，记录由医院保存", DutyOwner.PARTNER, "onboarding:home"),
    ),
    OrganisationType.SCHOOL: (
        Duty("lists", "上传名单以前告知家长和学生；毕业或转学后删除", DutyOwner.PARTNER, "notices:processing"),
    ),
    OrganisationType.COMMUNITY: (
        Duty("volunteers", "筛选和培训志愿者；活动资金专款专用，留下凭证", DutyOwner.PARTNER, "fees:index"),
    ),
    OrganisationType.ASSOCIATION: (
        Duty("fairness", "评估、否决和黑名单都写明理由，允许申诉", DutyOwner.ASSOCIATION, "notices:claims"),
    ),
}
_BODY = """一、这份协议说明机构和心桥各自做什么，也写明协会、高校和主管部门的职责。职责见下面的表，每一项都有负责的一方和可以查看的页面。
二、机构对提供的服务负责，心桥对平台负责。出现争议，先看原因出在服务还是技术，再定由谁承担。
三、机构可以随时提出结束合作；已经约好的服务要完成或者妥善安排。心桥发现证照过期、材料不实或者孩子的安全受到影响，会立即暂停展示，并说明理由；机构可以申诉。
四、协议有新版本时，心桥提前三十天通知，机构重新签署后生效。
五、材料在合作期间保存，合作结束三年后销毁。"""


def text_of(kind: OrganisationType) -> tuple[str, str, list[dict[str, str]]]:
    """Return title, body and duties of the version in force."""
    duties = (*_SHARED, *_OWN[kind])
    rows = [{"key": d.key, "duty": d.duty, "owner": str(d.owner), "evidence": d.evidence} for d in duties]
    return "心桥合作协议", _BODY, rows
