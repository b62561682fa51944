from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class AlreadyHeld(Refusal):
    sentence = _("这个人的记录已经封存了。")


class NobodyThere(Refusal):
    sentence = _("没有找到这个编号，请核对后再填。")


class AlreadyReleased(Refusal):
    sentence = _("这次封存已经解除了。")
