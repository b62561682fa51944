"""Every refusal a person can meet while filling a basket."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class NotForSale(Refusal):
    """Paused, hidden, without a price, or of a kind that is bought another way."""

    sentence = _("这项暂时不能购买。没有下单，也没有扣款。")


class NotYetForSale(NotForSale):
    """Listed as coming: its delivery does not work yet."""

    sentence = _("这项还在准备中，开放后就可以购买。")


class NeedsATime(NotForSale):
    """A session enters the basket with a time that is held, never alone."""

    sentence = _("这项需要先选一个时间。")


class TooManyUnits(Refusal):
    sentence = _("数量超过了现在可以买的数量。")


class LineGone(Refusal):
    """The line is not, or no longer, in this person's open basket."""

    sentence = _("这一项已经不在购物篮里了。")


class GuardianPays(Refusal):
    """A child too young to choose and ask (below 8), or an account without a profile: a guardian does all of it."""

    sentence = _("这里由家长来选、来付款。请一位家长加入，选好的由 TA 帮你约、帮你买。")
