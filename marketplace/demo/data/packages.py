"""Packages of sessions, a voucher code, and what a family has done with them."""

from .shapes import Package, Step

_ORGANISATION = "qinghe"
_STEPS: tuple[Step, ...] = (
    ("先约第一次", "买了以后，约时间时直接用次卡，不用再付。"),
    ("家里都能用", "同一家的孩子都可以用，也可以一人一半。"),
    ("不合适就退", "没用的次数随时能退，按每次的价格原路退回。"),
)

PACKAGES = (
    Package(
        key="zhou-lan-five",
        organisation=_ORGANISATION,
        title="周岚 · 个体咨询 5 次",
        price_fen=170_000,
        shelves=("one-to-one",),
        needs=("exams", "mood"),
        ages=(12, 18),
        illustration="umbrella",
        summary="固定的时间、固定的人，谈五次。比单次便宜一些，没用完可以退。",
        description="第一次谈完觉得合适，再买次卡也来得及。五次在半年里约完；到期还没用的，按次数把钱退回来。",
        steps=_STEPS,
        sessions=5,
        valid_days=180,
        covers=("zhou-lan-talk",),
    ),
)

#: (code, percent off, minimum in fen, most in fen, uses per person)
VOUCHER = ("XINQIAO10", 10, 10_000, 5_000, 1)
BUYER, BOUGHT = "lin", "zhou-lan-five"
#: Who sends what back to whom.
RETURNER, RETURNED, RETURN_SELLER = "lin", "weather-cards", "deng"
RETURN_REASON = "和家里已有的一套重复了。"
RETURN_ADDRESS = "示例市工坊路 8 号 木叶工坊 收（示例）"
RETURN_TRACKING = "SL20260009876"
