"""What may be refused about accounts."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class PhoneTaken(Refusal):
    """An account signs in with this number already."""

    sentence = _("这个手机号已经有账号了，请直接登录，或者换一个手机号。")
