"""Why something is not shared, or not taken in."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class MayNotBeShared(Refusal):
    """It is not public, or its author kept it for this house."""

    sentence = _("这一篇还没有发布，或者作者只允许在这里展示，不能分享出去。")


class PackageFault(Refusal):
    """A package that is broken, changed on the way, or not one of ours."""

    sentence = _("这个文件不完整，或者在路上被改过，没有收进来。")


class CameAlready(Refusal):
    """The same wording is here."""

    sentence = _("这一版已经收进来过了。")
