from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class AlreadyHeld(Refusal):
    sentence = _("这里已经在特别守护中了。")


class AlreadyEnded(Refusal):
    sentence = _("这次特别守护已经结束了。")


class ReasonNeeded(Refusal):
    sentence = _("请写一句原因，别的同事会看到。")
