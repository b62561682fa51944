from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class ThreadClosed(Refusal):
    sentence = _("这段通信已经结束了。想再写的话，可以写一封新的信。")


class NoSuchOffice(Refusal):
    sentence = _("现在不能把信寄到那里，请换一个收信的地方。")


class MayNotWriteYet(Refusal):
    sentence = _("8 岁以下请爸爸妈妈或者别的家人替你写。现在就很难受的话，可以打 12355。")


class LetterEmpty(Refusal):
    sentence = _("信里还没有字。")


class NothingToAnswer(Refusal):
    sentence = _("这段通信已经结束，不能再回信。")


class HandledByColleague(Refusal):
    sentence = _("这封信在另一位同事手上。要接过来，请同事先转交。")


class NotAColleague(Refusal):
    sentence = _("只能转给同一个信箱里回信的同事。")


class AnswerFirst(Refusal):
    sentence = _("还有一封信在等回信，回了以后再结束。")


class StillNeeded(Refusal):
    sentence = _("值班的人正在为这封信忙着，怕漏掉要紧的话。过几天再来删，好吗？")
