"""What waits at the demo's moderation desk, and what was decided; invented, and marked 示例."""

from .community import MARK

#: need, text: what two invented members wrote and nobody has looked at yet.
WAITING = (
    ("exams", "明天要在全班面前讲题，我把第一句话练了二十遍，还是紧张。你们上台前会做什么？" + MARK),
    ("home", "爸爸出差回来，给我带了一本我三年前就看完的书。我说了谢谢，心里又好笑又有点酸。" + MARK),
)
#: One that the gate worries about, so that it is covered on the desk.
HEAVY = ("mood", "有时候觉得，要是哪天我消失了，班里大概要过很久才有人发现。" + MARK)
#: The demo's young person wrote something that names a school and was asked to change it.
RETURNED = ("friends", "我们三班的小周又在群里学我说话，大家都笑。我知道可能是闹着玩，可我不想再去上学了。" + MARK)
RETURNED_WORDS = (
    "被人学着说话，还被大家笑，真的很难受。里面有同学的名字和班级，为了保护你们两个，把它们换成“一个同学”再送一次就好，"
    "别的都不用改。（示例）"
)
REPORT_WORDS = "我有点担心写这句话的人。（示例）"
HOLD_REASON = "每学期一次的演练，没有真的消息。（示例）"
HOLD_NOTE = "值班的两位同事三分钟内都看到了，规则贴在了桌边。（示例）"
#: Minutes that texts waited over the last days, one for each thread of the demo in turn.
WAITED_MINUTES = (34, 75, 52, 110, 41, 95, 63, 28, 88)
