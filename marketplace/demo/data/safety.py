"""Invented worries for the safety desk of the demo. Nobody in them exists."""

from typing import Any

WAITING: dict[str, Any] = {
    "worry": "harm_by_others",
    "how_soon": "today",
    "about": "（示例）望山中学初一的小屿，住校，晚自习后一个人走回宿舍。",
    "words": "（示例）有几个高年级的人在厕所堵他，拍了视频，说明天还要来。他让我别说，可是他这两天都不吃饭了。",
    "name": "（示例）同寝室的阿舟",
    "contact": "",
}
WITH_KEEPER: dict[str, Any] = {
    "worry": "self_harm",
    "how_soon": "now",
    "about": "（示例）城南中学高二，网名“纸船”，平时在五楼画室。",
    "words": "（示例）她把喜欢的画都送人了，说以后不用再补课了。我问她是不是不想活了，她没有回。",
    "wishes_contact": True,
}
OVER: dict[str, Any] = {
    "worry": "unsure",
    "how_soon": "soon",
    "about": "（示例）六年级的表弟，跟着外婆住。",
    "words": "（示例）他最近总说头疼不去上学，一个人躲在房间里，我有点担心。",
}
HAND_OVER = "（示例）18:40 联系到学校值班老师，画室里有老师陪着。等班主任到，约好 21:00 再打一次。"
ANSWER = "（示例）谢谢你告诉我们。现在有老师陪着她。你做得很对，今晚不用一直守着手机，想说话可以打 12356。"
CLOSED_BECAUSE = "（示例）和学校心理老师通过电话，已经在陪；家里知道，下周再联系一次。"
