from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class NotOpen(Refusal):
    sentence = _("这一条已经有人处理好了。")


class AlreadyTaken(Refusal):
    sentence = _("同事正在看这一条，看看别的吧。")


class HandsFull(Refusal):
    sentence = _("你手上还有一条，先处理完或放回去。")


class NotYours(Refusal):
    sentence = _("这一条现在不在你手上，可能放得太久，已经回到队列里了。")


class NotTrained(Refusal):
    sentence = _("还没有有效的培训记录，先完成培训再来看帖。")


class MustRest(Refusal):
    sentence = _("到休息的时候了。队列有同事看着，歇一会儿再来。")


class EnoughForToday(Refusal):
    sentence = _("今天看过的沉重内容够多了，剩下的交给同事，你可以看别的。")


class NotOpened(Refusal):
    sentence = _("请先点开看过内容，再做决定。")


class AskTwice(Refusal):
    sentence = _("系统担心写的人有危险。要发布，请先确认你已经想过要不要转给安全值守。")


class WrongTemplate(Refusal):
    sentence = _("这个模板不属于所选的决定。")


class CannotUndo(Refusal):
    sentence = _("已经过了可以撤销的时间，或者内容已经有了变化。")


class NoAppeal(Refusal):
    sentence = _("这一条现在不能请求复核：已经复核过，或者不需要。")


class SameReader(Refusal):
    sentence = _("复核要由另一位同事来做：第一次是你看的。")


class RestNotOver(Refusal):
    sentence = _("再歇一会儿，时间到了会告诉你。")


class NotShown(Refusal):
    sentence = _("这条内容现在看不到了。")
