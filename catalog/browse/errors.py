from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class TooManySaved(Refusal):
    sentence = _("收藏已经满了。先拿掉几个不用的，再加新的。")
