"""What people are told when they agree. A version is never changed, only followed by another."""

from django.utils.translation import gettext_lazy as _

TEXT_VERSION = "2026.1"
TEXTS = {
    "2026.1": _(
        "对方只能看到你选的内容，只能用在你选的用途上，到期自动看不到。你随时可以关掉，关掉以后对方马上看不到；"
        "对方已经看过的内容收不回来，但不能再打开。同意不同意，都不影响你使用心桥的其他功能。"
    ),
}
