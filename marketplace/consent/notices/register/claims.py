"""What makers of comparable products say, as it reached us: with source and date, never as our promise.

Each claim is second-hand, from a survey of products we read while planning; we did not find or check a study behind it.
Rows AS-08 to AS-11, AI-14, PRV-10 and PRV-12 of the requirements.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_SCHOOL_SURVEY = _("学校数字心理服务调研报告（参考资料 001）的转述")
_PLATFORM_PLAN = _("心理健康服务电商平台方案（参考资料 003）")
_STUDENT_AFFAIRS = _("智慧学工平台方案（参考资料 004）")
_NOTED_ON = date(2026, 11, 22)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One claim: who says it, what, where we read it and when, and what we do about it."""

    key: str
    who: Promise
    claim: Promise
    source: Promise
    ours: Promise
    noted_on: date = _NOTED_ON


CLAIMS: tuple[Claim, ...] = (
    Claim(
        key="spark",
        who=_("讯飞星火 V3.5"),
        claim=_("用表情、声音和对话合起来判断情绪状态"),
        source=_SCHOOL_SURVEY,
        ours=_("没有接入。要接入先做影响评估，也不传原始的人脸和声音。"),
    ),
    Claim(
        key="xindalu",
        who=_("心大陆"),
        claim=_("从声音识别中重度焦虑，准确率 90% 以上"),
        source=_SCHOOL_SURVEY,
        ours=_("没有接入，也不分析声音。没有看到对照研究。"),
    ),
    Claim(
        key="lingben",
        who=_("上海领本测评机器人"),
        claim=_("用微表情、微动作和声纹测评，模型精度 95% 以上，6 所学校、3000 多人次"),
        source=_SCHOOL_SURVEY,
        ours=_("没有接入。只有预约的线上会面会打开摄像头和麦克风，只用来通话，不录、不分析，由自动检查保证。"),
    ),
    Claim(
        key="aitiantian",
        who=_("艾天天微表情系统"),
        claim=_("用人脸、声音、表情和眼动测评"),
        source=_SCHOOL_SURVEY,
        ours=_("没有做，也不会做。"),
    ),
    Claim(
        key="emotion-devices",
        who=_("EmoSPARK、Affectiva"),
        claim=_("用人脸、声音、手腕皮肤电和微表情感知情绪"),
        source=_SCHOOL_SURVEY,
        ours=_("没有做。我们不从身体猜心情。"),
    ),
    Claim(
        key="face-recognition",
        who=_("同类方案"),
        claim=_("滥用人脸识别是一个警示"),
        source=_PLATFORM_PLAN,
        ours=_("没有人脸登录。用验证码、密码和两步验证。"),
    ),
    Claim(
        key="identity-numbers",
        who=_("同类方案"),
        claim=_("身份证号加密保存、脱敏使用"),
        source=_STUDENT_AFFAIRS,
        ours=_("我们不收身份证号，所以不用存。分析时用每个目的各不相同的代号。"),
    ),
)
