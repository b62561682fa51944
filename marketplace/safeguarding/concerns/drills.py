"""Invented scenarios to practise with. Nobody in them exists."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.safeguarding.enums import Kind, Level


@dataclass(frozen=True, slots=True)
class Scenario:
    """An invented text to be handled like a real one."""

    title: Promise
    kind: Kind
    level: Level
    text: Promise


SCENARIOS: dict[str, Scenario] = {
    "goodbye-letter": Scenario(
        _("深夜的告别信"),
        Kind.SELF_HARM,
        Level.URGENT,
        _("（演练）谢谢你们听我说这么久。东西我都分好了，猫托付给表姐了。今晚之后就不用再麻烦大家了。"),
    ),
    "uncle-at-home": Scenario(
        _("家里的大人"),
        Kind.ABUSE,
        Level.URGENT,
        _("（演练）爸喝了酒又打我，这次拿了凳子。我躲在邻居家，不敢让他们知道我写信。别告诉我妈，她会劝我回去。"),
    ),
    "photo-blackmail": Scenario(
        _("照片和转账"),
        Kind.HARM_BY_OTHERS,
        Level.URGENT,
        _("（演练）打游戏认识的人有我的照片，说今天不转五百就发到班级群。我已经转过一次了。"),
    ),
    "knife-in-bag": Scenario(
        _("书包里的东西"),
        Kind.HARM_TO_OTHERS,
        Level.URGENT,
        _("（演练）他们明天还来的话我就不忍了，东西已经放书包里了。"),
    ),
    "not-eating": Scenario(
        _("好几天没有好好吃饭"),
        Kind.EATING,
        Level.CONCERN,
        _("（演练）这几天吃完都去吐，体育课差点站不住，不想让任何人知道。"),
    ),
}
