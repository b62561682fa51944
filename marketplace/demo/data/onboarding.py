"""Two organisations that want to join: made up, like their papers."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class DemoApplication:
    """What one organisation tells of itself."""

    kind: str
    organisation: dict[str, str]
    signer: dict[str, Any]
    people: tuple[dict[str, Any], ...] = ()


_SIGNER = {
    "signer_name": "沈晚",
    "signer_position": "负责人",
    "signer_phone": "+8613800000015",
    "is_legal_representative": True,
}

APPLICATIONS = (
    DemoApplication(
        kind="clinic",
        organisation={
            "name": "晚风心理咨询（示例）",
            "credit_code": "91330100DEMQ00001W",
            "district": "湖滨区",
            "address": "示例路 18 号 3 楼",
            "public_phone": "0571-0000 0018",
            "introduction": "（示例）傍晚和周末也开门的小咨询室，陪青少年和家长慢慢说。",
        },
        signer=_SIGNER,
        people=(
            {
                "name": "许宁（示例）",
                "title": "心理咨询师",
                "degree": "应用心理学硕士",
                "training_hours": 420,
                "practice_hours": 1300,
                "registered_with": "示例注册系统",
                "registration_number": "X-24-001",
                "supervision": "陈老师（示例），每两周一次",
                "years_of_practice": 6,
            },
        ),
    ),
    DemoApplication(
        kind="community",
        organisation={
            "name": "柳岸社区（示例）",
            "credit_code": "54330100DEMQ00002T",
            "district": "南门区",
            "address": "示例巷 26 号",
            "public_phone": "0571-0000 0026",
            "introduction": "（示例）社区活动室，周末有亲子手工和散步小组。",
        },
        signer=_SIGNER,
    ),
)
QUESTION = "（示例）证书的照片有点反光，编号看不清，麻烦重新拍一张。其他都很清楚，谢谢。"
