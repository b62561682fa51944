"""Messages about plans. Neutral: they say neither that there is a plan nor what is in it."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.notifications.enums import Channel
from marketplace.notifications.services import notify

from ..models import CarePlan, PlanStep
from ..sights import readers_of

_IN_APP = [Channel.IN_APP]


def tell_started(plan: CarePlan) -> None:
    """Say to whoever of the family may see it that there is something to read."""
    subject, body = _("有新的内容给你看"), _("和你约过见面的老师写了一些内容，打开心桥就能看到。不着急，有空再看。")
    for person in readers_of(plan.child):
        key = f"plan:{plan.public_id}:started:{person.pk}"
        notify(key=key, recipient=person, subject=subject, body=body, url=_page(plan))


def tell_changed(plan: CarePlan, *, on: date) -> None:
    """Say in the app that something changed, once a day at most."""
    subject, body = _("内容有更新"), _("和你约过见面的老师更新了写给你的内容。")
    for person in readers_of(plan.child):
        key = f"plan:{plan.public_id}:changed:{on:%y%m%d}:{person.pk}"
        notify(key=key, recipient=person, subject=subject, body=body, url=_page(plan), channels=_IN_APP)


def tell_ended(plan: CarePlan) -> None:
    """Say in the app that what was set out to do is over for now."""
    subject, body = _("内容有更新"), _("和你约过见面的老师写了一段话给你，打开心桥就能看到。")
    for person in readers_of(plan.child):
        key = f"plan:{plan.public_id}:ended:{person.pk}"
        notify(key=key, recipient=person, subject=subject, body=body, url=_page(plan), channels=_IN_APP)


def tell_times(step: PlanStep) -> None:
    """Say to whoever may choose that there are times to choose from."""
    subject, body = _("有几个时间可以选"), _("有几个时间给你选，打开心桥看看哪个合适。都不合适也没关系，可以排候补。")
    for person in readers_of(step.plan.child):
        key = f"plan:{step.public_id}:times:{person.pk}"
        notify(key=key, recipient=person, subject=subject, body=body, url=_page(step.plan))


def tell_unmet(step: PlanStep) -> None:
    """Say that the day has come without a time, not for whom: to the provider, and where nobody waits to their organisation.

    Of those who wait the waiting list tells the organisation.
    """
    subject, body = (
        _("有人等到了该见面的日子"),
        _("到了约定的日子还没有时间可以选。请看一下能不能加一个，或者请同事接。"),
    )
    provider, entry = step.plan.provider, step.waitlist_entry
    is_told = entry is not None and entry.is_live
    people = {} if is_told else {person.pk: person for person in provider.partner.users.all()}
    if provider.user is not None:
        people[provider.user.pk] = provider.user
    for person in people.values():
        _tell_carer(person, f"plan:{step.public_id}:unmet:{person.pk}", subject, body)


def tell_review(plan: CarePlan, *, on: date) -> None:
    """Remind its writer of the day to look back."""
    if plan.provider.user is not None:
        subject, body = _("到了一起回看的日子"), _("有一份计划说好这几天回看。")
        _tell_carer(plan.provider.user, f"plan:{plan.public_id}:review:{on:%y%m%d}", subject, body)


def _tell_carer(person: User, key: str, subject: str, body: str) -> None:
    notify(key=key, recipient=person, subject=subject, body=body, url=reverse("clinics:plans"), channels=_IN_APP)


def _page(plan: CarePlan) -> str:
    return reverse("plans:plan", args=[plan.public_id])
