"""Why something about a family is refused."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal

# --- profiles ---------------------------------------------------------------------------------------------


class BornInTheFuture(Refusal):
    sentence = _("出生日期还没到，请检查一下年份和月份。")


class AlreadyGrownUp(Refusal):
    sentence = _("已经满 18 岁了，可以自己注册账号使用。如果日期填错了，改一下就好。")


class TooManyChildren(Refusal):
    sentence = _("一个账号最多可以添加 10 个孩子。确实需要更多，请联系我们。")


class NotYourChild(Refusal):
    sentence = _("没有找到这个孩子。")


class BirthDateIsFixed(Refusal):
    sentence = _("孩子有了自己的账号后，出生日期要由工作人员核对才能更改，因为很多规则跟着年龄走。")


class ProfileIsShared(Refusal):
    sentence = _("这份档案还有别人在用：孩子自己，或另一位监护人。你可以退出，档案会留给他们。")


# --- invitations ------------------------------------------------------------------------------------------


class NoSuchInvitation(Refusal):
    sentence = _("没有找到这个邀请。请检查链接或邀请码有没有抄全。")


class InvitationExpired(Refusal):
    sentence = _("这个邀请已经过了有效期（7 天）。请对方再发一次就好。")


class InvitationUsed(Refusal):
    sentence = _("这个邀请已经用过了，每个邀请只能用一次。")


class InvitationRevoked(Refusal):
    sentence = _("这个邀请已经被收回了。如果需要，请对方再发一次。")


class OwnInvitation(Refusal):
    sentence = _("这是你自己发出的邀请。把链接或邀请码发给对方，由对方来接受。")


class AlreadyGuardian(Refusal):
    sentence = _("你已经是这个孩子的监护人了，不用再接受一次。")


class TooManyGuardians(Refusal):
    sentence = _("一个孩子最多可以有 4 位监护人。")


class TooYoungForAccount(Refusal):
    sentence = _("孩子满 8 岁后，才能有自己的账号。在那之前由监护人代为使用。")


class OnlyGrownUpsCare(Refusal):
    sentence = _("监护人需要年满 18 岁。请让家里的大人用自己的账号来接受。")


class GrownUpAlready(Refusal):
    sentence = _("TA 已经满 18 岁，账号由自己决定，不再需要监护人。")


class ProfileHasAccount(Refusal):
    sentence = _("这份档案已经连着另一个账号。一份档案只属于一个账号，不会被覆盖。")


class AccountOfAGuardian(Refusal):
    sentence = _("你现在登录的是家长的账号。请让孩子用自己的账号来接受这个邀请。")


# --- guardians --------------------------------------------------------------------------------------------


class NotYoursToEnd(Refusal):
    sentence = _("这位监护人不是你邀请的，要由工作人员核对后才能移出。")


class LastGuardian(Refusal):
    sentence = _("孩子未满 18 岁，至少要有一位监护人。请先邀请另一位监护人，再退出。")


class GuardianshipIsOver(Refusal):
    sentence = _("这段监护关系已经结束了。")


class AskedAlready(Refusal):
    sentence = _("你已经请工作人员处理了，他们会联系你。")


class EvidenceMissing(Refusal):
    sentence = _("请选择核对过的依据，再结束监护关系。")


# --- own accounts -----------------------------------------------------------------------------------------


class NeedsGuardian(Refusal):
    sentence = _("14 岁以前，要先有一位监护人同意，才能有自己的账号。")


class NotAskable(Refusal):
    sentence = _("这个年龄不用先问家长，或者要由家长来注册。请回到注册页再看一眼。")


class LoginNameTaken(Refusal):
    sentence = _("这个登录名已经有人用了，换一个试试，比如在后面加两个数字。")


class WrongRecoveryCode(Refusal):
    sentence = _("登录名和恢复码对不上。请再看一眼纸上写的，每个码只能用一次。")


class NoAccountYet(Refusal):
    sentence = _("孩子还没有自己的账号。")


class BeyondTheRules(Refusal):
    sentence = _("选的超出了这个年龄的上限，请选一个更小的。")
