"""Every refusal a person can meet with a plan."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Refusal


class NotInCare(Refusal):
    """A plan is written for somebody one has sessions with."""

    sentence = _("只能为约过见面的孩子写计划。")


class PlanNotShared(Refusal):
    """Nobody agreed that this provider sees the child's plan."""

    sentence = _("家庭还没有同意给这位咨询师看支持计划。先问一问，同意以后再写。")


class NoAuthor(Refusal):
    """Nobody signs in as this provider, so nobody could write."""

    sentence = _("这位咨询师还没有自己的账号，没法写计划。")


class NotYourPlan(Refusal):
    sentence = _("没有找到这份计划。")


class PlanExists(Refusal):
    sentence = _("已经有一份在写或进行中的计划了，接着那一份写就好。")


class PathwayRunning(Refusal):
    """The first session is already being arranged."""

    sentence = _("一对一支持已经开始了，第一次见面正在安排。")


class PlanOver(Refusal):
    """What an ended plan said stays as it was."""

    sentence = _("这份计划已经结束，不能再改。需要的话，写一份新的。")


class PlanAlreadyStarted(Refusal):
    sentence = _("家庭已经看得到这份计划了。")


class PlanEmpty(Refusal):
    """A family is shown a plan that says something."""

    sentence = _("先写至少一个目标和一个步骤，再给家庭看。")


class TooManyParts(Refusal):
    sentence = _("一份计划写这么多，就不好跟了。先结束或去掉一些。")


class SessionNotOurs(Refusal):
    """A step asks for one of the organisation's own sessions."""

    sentence = _("只能选自己机构正在提供的一对一服务。")


class NoReason(Refusal):
    sentence = _("请写一句为什么现在开始。")


class StepIsBooked(Refusal):
    """What was booked is changed at the booking."""

    sentence = _("这一步已经约好了时间。要改，请先改那个预约。")


class NothingToBook(Refusal):
    """Done, dropped, without a session, or of a plan that ended."""

    sentence = _("这一步现在不用约时间。")


class BookedAlready(Refusal):
    """Somebody of the family was quicker."""

    sentence = _("这一步已经有人约了时间，不用再约。")
