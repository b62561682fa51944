"""Every refusal a person can meet with a team."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class NotManager(Refusal):
    """Only a manager of the organisation decides who belongs to it; whoever was one a moment ago does not."""

    sentence = _("只有负责人可以改动团队。")


class LastManager(Refusal):
    sentence = _("团队里至少要有一位负责人。请先请另一位同事当负责人。")


class NotInTeam(Refusal):
    sentence = _("这位同事已经不在团队里了。")


class NoSuchInvitation(Refusal):
    sentence = _("没有找到这个邀请。请核对链接，或者请对方再发一次。")


class InvitationOver(Refusal):
    sentence = _("这个邀请已经用过、收回或者过期了。请对方再发一次。")


class NotYourInvitation(Refusal):
    """The link was passed on: it is good only for the address it was sent to."""

    sentence = _("这个邀请是发给另一个手机号或邮箱的。请用收到邀请的那个账号登录。")


class WorkAccountNeeded(Refusal):
    """A family's account stays a family's; work is done with an account for work."""

    sentence = _("这是家庭账号。在机构工作要用单独的工作账号，两边的内容不会混在一起。")


class AlreadyInTeam(Refusal):
    sentence = _("你已经在这个团队里了。")


class AddressNeeded(Refusal):
    sentence = _("请填一个能收到短信的手机号，或者一个邮箱。")


class TooManyInvitations(Refusal):
    sentence = _("还没有接受的邀请太多了。请先收回几个。")


class ProfileTaken(Refusal):
    """A profile of a provider belongs to one person, and one person has one."""

    sentence = _("这份资料或者这位同事已经连上了别的。请刷新后再看。")
