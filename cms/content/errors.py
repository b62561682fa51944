"""What the library refuses, each with a calm sentence."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class NoCertificateForThis(Refusal):
    """The course does not end in a certificate."""

    sentence = _("这门课没有证书，学到的都是你自己的。")


class CourseNotFinished(Refusal):
    """Lessons are left."""

    sentence = _("还有几课没有学完，学完就可以领证书。")
