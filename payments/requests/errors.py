"""Every refusal somebody can meet who asks, is asked, or speaks as a guardian."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class MayNotAsk(Refusal):
    """Too young to choose here at all, or nobody's account: a guardian does it."""

    sentence = _("这里由家长来选、来付。请一位家长加入，选好的由 TA 帮你约、帮你买。")


class GuardianMissing(Refusal):
    """Below 14 only a guardian may be asked, and there is none yet (PIPL, art. 31; Civil Code, art. 19)."""

    sentence = _("还没有家长和你连着。请先邀请一位家长加入，再请 TA 付。没有下单，也没有扣款。")


class NotYourGuardian(Refusal):
    """The person named is no guardian of the one who asks."""

    sentence = _("没有找到这位家长。请重新选一位。")


class AskAlreadyOpen(Refusal):
    """A young person waits for one answer at a time, so that nobody empties a week with asks."""

    sentence = _("你已经有一个请求在等家长。付好、撤回或者到期以后，再发下一个。这次没有下单。")


class AskOver(Refusal):
    """Paid, declined, revoked or expired: nothing is left to change."""

    sentence = _("这个请求已经结束了。")


class NotYourAsk(Refusal):
    """Somebody else's: for this person it does not exist."""

    sentence = _("没有找到这个请求。")


class NothingToAsk(Refusal):
    """The intent is paid or over."""

    sentence = _("这笔款已经付好或者结束了，不用再请人付。")


class TooManyAsks(Refusal):
    """Asked, or made a new link, too often."""

    sentence = _("今天发得有点多了，过一会儿再试。")


class AskUnclear(Refusal):
    """Somebody may be paying at this moment, and the company does not say yet."""

    sentence = _("有人正在付这一笔，结果还没出来。请过一两分钟再看。")


class SomebodyPays(Refusal):
    """Another person began to pay a moment ago."""

    sentence = _("另一个人刚刚开始付这一笔，先等几分钟，看看结果。你没有被扣款。")


class OwnAsk(Refusal):
    """The one who asked has opened the link: it is for somebody else."""

    sentence = _("这是你自己发出的链接，请发给帮你付款的人。")


class NoSuchLink(Refusal):
    """No ask has this link, or it was replaced."""

    sentence = _("没有找到这个链接。它可能被换成了新的，请问问发给你的人。")


class NotSelfPaid(Refusal):
    """There is nothing here for a guardian to decide about: nothing was paid alone, or not yet."""

    sentence = _("没有找到这笔付款。")


class AlreadyDecided(Refusal):
    """A guardian has spoken on this payment; it stands."""

    sentence = _("这笔付款已经有监护人决定过了，决定不会再改。")
