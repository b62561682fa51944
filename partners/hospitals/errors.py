from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class NotYourClient(Refusal):
    """Only who cares for a young person writes about them."""

    sentence = _("只有给这个孩子做咨询的人可以写转介信。")


class NotAHospital(Refusal):
    """Referral letters go to hospitals."""

    sentence = _("转介信只能写给医院。")


class NotAgreed(Refusal):
    """The family has not agreed, or no longer does."""

    sentence = _("家庭还没有同意把情况交给这家医院。请他们先在“谁能看”里同意，再写这封信。")


class AlreadyWritten(Refusal):
    """A letter about the same child is under way."""

    sentence = _("给这家医院的信已经在路上了，不用再写一封。")


class LetterIsOver(Refusal):
    """It was answered, declined or taken back."""

    sentence = _("这封信已经处理完了。")


class OnlyDoctors(Refusal):
    """Whoever may not read a letter does not answer it."""

    sentence = _("这封信要由医院里看得到内容的医生来处理。")
