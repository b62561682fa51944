"""What to do, step by step, for each kind of danger; read in a calm hour, followed in a hard one.

Sources: law on the protection of minors (2024), articles 11 and 20; the joint opinion of nine authorities on mandatory
reporting of harm to minors (2020); national line 12356. What is said here is our practice and has to be confirmed by
the duty desk's professional lead.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.safeguarding.enums import Kind


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do; `must`: the concern is not done without it. `call` is a number to dial."""

    code: str
    text: Promise
    must: bool = False
    call: str = ""


@dataclass(frozen=True, slots=True)
class Playbook:
    """The steps of a kind in their order, and the one sentence to keep in mind."""

    remember: Promise
    steps: tuple[Step, ...]


_READ = Step("read", _("读原文和经过，看清是本人、朋友，还是引用的话"), must=True)
_ALONE = Step("alone", _("问清：现在在哪里，身边有没有人，有没有已经受伤"), must=True)
_ANSWER = Step("answer", _("用本人写来的那个地方回一句话：有人看到了，电话随时可以打"))
_LINES = Step("lines", _("给出热线：12356，情况紧急打 120 或 110"), must=True)
_NOTE = Step("note", _("写下判断的理由和接下来谁做什么"), must=True)
_SECOND = Step("second", _("和另一位同事核对一遍判断"))

PLAYBOOKS: dict[str, Playbook] = {
    Kind.SELF_HARM: Playbook(
        _("先让人安全，再问为什么。直接问“你有没有想过不想活了”不会让事情变坏。"),
        (
            _READ,
            _ALONE,
            Step("ask", _("直接而平静地问：念头、打算、手边有没有工具、什么时候")),
            Step("ambulance", _("已经受伤、吃了药或正在做：打 120，把人在哪里说清楚"), call="120"),
            Step("person_near", _("找到现在能陪在身边的一个大人（按“可以告诉谁”）")),
            _LINES,
            Step("means", _("请身边的大人把药和尖锐的东西收走，今晚不让 TA 一个人")),
            Step("follow", _("约好 24 小时内再联系一次，写明由谁")),
            _NOTE,
        ),
    ),
    Kind.HARM_BY_OTHERS: Playbook(
        _("不是 TA 的错。先停下伤害，再留证据，不劝 TA 忍，也不劝 TA 还手。"),
        (
            _READ,
            _ALONE,
            Step("danger_now", _("正在发生或有人威胁人身安全：打 110"), call="110"),
            Step("evidence", _("提醒保存聊天记录、照片和时间，不要自己去对质")),
            Step("blackmail", _("被拍照片敲诈：不转钱、不再发、不删记录，报警")),
            Step("school", _("发生在学校：按“可以告诉谁”请学校启动欺凌处置")),
            Step("sexual", _("涉及性的伤害：按强制报告处理，打 110"), call="110"),
            _LINES,
            _NOTE,
        ),
    ),
    Kind.ABUSE: Playbook(
        _("强制报告：怀疑就报，不需要证实。家长不先知道。不承诺保密。"),
        (
            _READ,
            _ALONE,
            Step("police", _("打 110 报案，记下时间和接警的单位"), must=True, call="110"),
            Step(
                "civil", _("24 小时内告知民政部门：打 12345 请转当地民政局或未成年人保护机构"), must=True, call="12345"
            ),
            Step("no_parents", _("没有联系家长，也没有让任何可能伤害 TA 的人知道"), must=True),
            Step("injury", _("受了伤：打 120，请医院保留检查记录"), call="120"),
            Step("tell_child", _("告诉 TA：我们要报告，是为了停下这件事；接下来会发生什么")),
            Step("safe_adult", _("和警方、民政商量后，才联系一位没有伤害过 TA 的大人")),
            _SECOND,
            _NOTE,
        ),
    ),
    Kind.HARM_TO_OTHERS: Playbook(
        _("先把人和工具分开。受够了的人也需要被听见。"),
        (
            _READ,
            Step("who", _("问清：要伤害谁、什么时候、手里有没有东西"), must=True),
            Step("police", _("有对象、有打算、有工具：马上打 110"), call="110"),
            Step("warn", _("请学校或能到场的大人把双方隔开，不公开点名")),
            Step("hear", _("听 TA 说发生了什么：很多时候 TA 先被欺负过")),
            _LINES,
            _SECOND,
            _NOTE,
        ),
    ),
    Kind.EATING: Playbook(
        _("不谈体重、不谈数字，不夸也不批评身材。身体的危险先看。"),
        (
            _READ,
            Step("body", _("问身体：有没有晕倒、心慌、吐血、几天没有吃东西"), must=True),
            Step("ambulance", _("晕倒、胸痛、吐血或叫不醒：打 120"), call="120"),
            Step("doctor", _("请一位大人这两天陪 TA 去医院看身体")),
            _LINES,
            Step("support", _("给出可以长期陪 TA 的支持：咨询师、学校心理老师")),
            _NOTE,
        ),
    ),
}
_UNCLEAR = Playbook(
    _("还不清楚是什么。先把人和处境问清楚，再换成合适的做法。"),
    (_READ, _ALONE, _ANSWER, _LINES, _SECOND, _NOTE),
)


def playbook_of(kind: str) -> Playbook:
    """Return the playbook of a kind; for what is not clear yet, the one that asks first."""
    return PLAYBOOKS.get(kind, _UNCLEAR)


def codes_of(kind: str) -> set[str]:
    """Return the codes of a kind's steps."""
    return {step.code for step in playbook_of(kind).steps}
