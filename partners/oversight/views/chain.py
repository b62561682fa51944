"""The chains of looks: walked before the overseer's eyes, and the seals to walk them elsewhere."""

import json
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from marketplace.accounts.access import role_required
from marketplace.accounts.enums import Role
from marketplace.core.audit import keys
from marketplace.core.audit.chain import seal_content
from marketplace.core.audit.selectors import standing_seals
from marketplace.core.audit.verifying import verified_days
from partners.oversight.views.reports import saved_file
from partners.oversight.wording import fault_label

#: How many days one look walks.
DAYS = 31


@never_cache
@require_safe
@role_required(Role.OVERSEER)
def chain(request: HttpRequest) -> HttpResponse:
    """The days that can be walked; walked when asked to."""
    today = timezone.localdate()
    since = today - timedelta(days=DAYS - 1)
    walked = request.GET.get("walk") == "1"
    days = verified_days(since, today, today) if walked else []
    public_key = keys.public_key_text()
    context = {
        "page": "chain",
        "walked": walked,
        "days": [(day, fault_label(day.fault)) for day in reversed(days)],
        "rows": sum(day.seal.count for day in days),
        "holds": all(day.holds for day in days),
        "since": since,
        "today": today,
        "key_id": keys.key_id(public_key),
        "public_key": public_key,
    }
    return render(request, "oversight/chain.html", context)


@require_safe
@role_required(Role.OVERSEER)
def seals(request: HttpRequest) -> HttpResponse:
    """All standing seals with their signatures and the key. They name nobody: how many looks, and the last hash."""
    content = {
        "public_key": keys.public_key_text(),
        "seals": [{**seal_content(seal), "hash": seal.hash, "signature": seal.signature} for seal in standing_seals()],
    }
    return saved_file(json.dumps(content, ensure_ascii=False).encode(), "application/json", "xinqiao-seals.json")
