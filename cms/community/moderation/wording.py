"""What authors are told: kind sentences to begin from, one set for each decision. A moderator may change every word.

None says that somebody did wrong; each says what happens next, and that help is there.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .enums import Outcome


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence to begin from. `key` is kept with the decision, `label` shown to moderators."""

    key: str
    outcome: Outcome
    label: Promise
    words: Promise


TEMPLATES: tuple[Template, ...] = (
    Template(
        "shown",
        Outcome.PUBLISH,
        _("可以发布"),
        _("你写的已经放出来了。谢谢你愿意说出来。"),
    ),
    Template(
        "shown_help",
        Outcome.PUBLISH,
        _("可以发布，顺便说说哪里有人帮忙"),
        _("你写的已经放出来了。听起来这阵子不轻松，想找人说说的时候，“求助”里一直有人。"),
    ),
    Template(
        "left_standing",
        Outcome.PUBLISH,
        _("有人反映，看过以后照常"),
        _("有人请我们看了看这一条。我们看过了，它照常在这里，你什么都不用做。"),
    ),
    Template(
        "covered",
        Outcome.PUBLISH_BLURRED,
        _("有些内容会让人难受，先盖住"),
        _("你写的已经放出来了。里面有些地方可能让正难受的人更难受，所以先盖住，想看的人点开再看。你没有做错什么。"),
    ),
    Template(
        "covered_loss",
        Outcome.PUBLISH_BLURRED,
        _("说到有人离开，先盖住"),
        _("谢谢你把想念写下来。它已经放出来了，先轻轻盖着，让别人自己决定要不要看。"),
    ),
    Template(
        "who_can_tell",
        Outcome.ASK_TO_CHANGE,
        _("能认出是谁：名字、学校、电话、照片"),
        _("里面有能认出是谁的地方（名字、学校、电话或住址）。为了保护你和别人，请把它们去掉再送一次，别的都不用改。"),
    ),
    Template(
        "too_much_detail",
        Outcome.ASK_TO_CHANGE,
        _("写了方式、地点或画面"),
        _(
            "谢谢你信任这里。有一处写得很具体，正难受的人看了可能更难。请把怎么做、在哪里、看到的样子去掉，你的感受全都可以留下。"
        ),
    ),
    Template(
        "about_somebody",
        Outcome.ASK_TO_CHANGE,
        _("有伤到别人的话"),
        _("听得出你很生气，生气是可以的。有几句在说某个人，TA 看到会受伤。换成说说你自己的感受，再送一次就好。"),
    ),
    Template(
        "rumour",
        Outcome.ASK_TO_CHANGE,
        _("还没有核实的消息"),
        _("这个消息现在还没有核实，传开来会让很多人更难受。可以只写写你听到以后的感受，我们马上就看。"),
    ),
    Template(
        "not_here",
        Outcome.DECLINE,
        _("放在这里不合适"),
        _(
            "这一条没有放出来，因为放在这里可能会让一些人受伤。你的感受是真的，可以换个说法再写，也可以写给我们的咨询老师。"
        ),
    ),
    Template(
        "advert",
        Outcome.DECLINE,
        _("广告、加好友或要钱"),
        _("这一条没有放出来：这里不放广告，也不交换联系方式，这样大家都安全一点。想说说自己的事，随时欢迎。"),
    ),
    Template(
        "private",
        Outcome.DECLINE,
        _("更适合单独说"),
        _(
            "谢谢你把这么要紧的事说出来。它更适合和一个人单独说，而不是让很多人看到。你可以写给我们的咨询老师，会有人认真回你。"
        ),
    ),
    Template(
        "handed_over",
        Outcome.SAFETY,
        _("转给安全值守"),
        _(
            "谢谢你说出来。我们有点担心你，请了一位专门的同事来看，所以先没有放出来。你没有做错什么。现在难受得厉害，可以马上打电话，有人听。"
        ),
    ),
)
BY_KEY: Mapping[str, Template] = {template.key: template for template in TEMPLATES}


def templates_for(outcome: str) -> list[Template]:
    """Return the sentences to begin from for a decision."""
    return [template for template in TEMPLATES if template.outcome == outcome]


#: What a moderator keeps in mind; shown beside every case.
HOUSE_RULES: tuple[Promise, ...] = (
    _("先想：写这句话的人现在怎么样？再想：看到的人会怎么样？"),
    _("难过、骂人两句、说不想上学，都可以发。难过不是危险。"),
    _("拿不准有没有危险，就转给安全值守，不用自己判断对不对。"),
    _("能认出是谁的（名字、学校、电话、账号、照片），请作者改。"),
    _("写了方式、地点、工具或画面的，请作者改，或者先盖住。"),
    _("给作者的话要短、要暖，只说这一条，不评价 TA 这个人。"),
    _("累了就歇。换一个人看，和你看，一样好。"),
)


def usual_wait_words(minutes: int | None) -> str:
    """Return in how long something is usually seen, rounded up so that it is kept: "" where there is too little to say."""
    if minutes is None:
        return ""
    if minutes <= 30:
        return translated("半小时内")
    hours = -(-minutes // 60)
    if hours <= 24:
        return ngettext("%(count)d 小时内", "%(count)d 小时内", hours) % {"count": hours}
    days = -(-hours // 24)
    return ngettext("%(count)d 天内", "%(count)d 天内", days) % {"count": days}
