"""What those who oversee us find in the demo: an agreement of four, a pilot, and an approval. All invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Duty:
    """One duty of the agreement; `party` is a value of oversight's Party."""

    party: str
    what: str
    owner: str
    evidence: str


ACCORD_TITLE = "青少年心理服务四方共建协议（示例）"
DUTIES = (
    Duty("government", "每月召集联席会议，公布评估结论", "示例市民政局社会组织处", "/oversight/reports/"),
    Duty("government", "对平台调解不成的争议进行调解", "示例市民政局调解中心", "/oversight/complaints/"),
    Duty("firm", "每月提交签名的安全审计报告", "心桥安全组", "/oversight/reports/"),
    Duty("firm", "没有伦理审查编号的模型不使用", "心桥模型组", "/oversight/models/"),
    Duty("firm", "公开排序规则，每周公布曝光公平报告", "心桥产品组", "/fair/"),
    Duty("university", "独立评估试点，公开结论", "示例师范大学心理学院", "/oversight/pilots/"),
    Duty("association", "核对机构是否合规，培训从业人员", "示例心理行业协会秘书处", "年度工作报告第三章"),
)

PILOT_TITLE = "虚拟现实放松练习（示例）"
PILOT_PURPOSE = "看看在社区一起做放松练习，会不会更容易坚持下去"
PILOT_DISTRICTS = ("望山区",)
PILOT_EVALUATED_BY = "示例师范大学心理学院"

APPROVAL_NUMBER = "示例伦审-2026-011"
APPROVAL_BOARD = "示例心理学会伦理委员会"
APPROVAL_CONDITIONS = "只用于请人来看，不给人打分；每半年复查误报"
