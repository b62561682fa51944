"""The topics the community opens with: every need for every age band that young people write or read in."""

from marketplace.core.age_bands import AgeBand
from marketplace.core.needs import Need

BANDS = (AgeBand.CHILD, AgeBand.YOUNGER_TEEN, AgeBand.OLDER_TEEN)

#: What a topic is about, in a sentence. msgids are not made of these: they are kept in rows, and a person may change them.
INTROS: dict[str, str] = {
    Need.EXAMS: "考前、考后，和作业堆成山的晚上。",
    Need.MOOD: "提不起劲、想哭，都可以说。",
    Need.FRIENDS: "好朋友、吵架、一个人吃饭。",
    Need.HOME: "和爸爸妈妈、爷爷奶奶之间的事。",
    Need.SLEEP: "睡不着的夜里，和起不来的早上。",
    Need.FOCUS: "坐不住、拖着不想开始。",
    Need.FEELINGS: "火上来了，委屈憋着，怎么办。",
    Need.SCREENS: "手机、游戏、群聊里的事。",
    Need.NEW_PLACES: "新学校、新班级、住校的第一周。",
    Need.SELF: "我是什么样的人，我想成为谁。",
    Need.SAFE_SCHOOL: "在学校里受了委屈，可以在这里说。",
    Need.FAREWELL: "搬走的朋友、离开的人、告别的小狗。",
}
#: Nobody of this age writes yet: older ones write for them.
CHILD_INTRO = "哥哥姐姐写给小学的你。"
