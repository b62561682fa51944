"""现在想找人聊聊: whom one can talk to now, and who is free next. Never a dead end, and no sign-in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from marketplace.accounts.duty.selectors import shift_now_or_next
from marketplace.accounts.enums import Duty
from marketplace.safeguarding.hotlines import HOTLINES

from ..selectors.soonest import soonest_talks


@require_safe
@cache_control(private=True, max_age=0, no_store=True)
def show(request: HttpRequest) -> HttpResponse:
    """Show the lines that answer, who is on duty at ours, and the next free times from a distance. Nothing is recorded."""
    now = timezone.now()
    shift = shift_now_or_next(Duty.SAFETY, now)
    context = {
        "hotlines": HOTLINES,
        "shift": shift,
        "is_on_duty": shift is not None and shift.begins_at <= now,
        "talks": soonest_talks(now=now),
    }
    return render(request, "browse/talk.html", context)
