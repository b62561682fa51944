"""A dispute about something a demo family bought, told by both sides; kind and made up."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Disputed:
    """What a family says about the goods of its last parcel, and what the seller's person answers."""

    person: str
    answers: str
    words: str
    answer: str


DISPUTE = Disputed(
    person="lin",
    answers="deng",
    words="收到的时候外盒压扁了，里面一张卡片折了角。想换一张，或者退一点。",
    answer="抱歉让孩子失望了。寄出前是完好的，可能路上压到。我们可以补寄一张，也同意平台决定。",
)

#: Where the courier says that parcel was.
TRACKED = (("collected", "示例市南门区"), ("moving", "示例市转运中心"), ("near", "示例市湖滨区"))
