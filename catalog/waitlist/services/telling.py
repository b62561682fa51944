"""Messages about the waiting list. Neutral: they say neither what is waited for, nor with whom."""

from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.core.formatting import moment_text, near_moment_text
from marketplace.notifications.enums import Channel
from marketplace.notifications.services import notify

from ..models import WaitlistEntry, WaitlistOffer


def tell_offered(offer: WaitlistOffer) -> None:
    """Say that a time is kept, and until when."""
    body = _("{when} 有一个时间，为你留到 {until}。不合适也没关系，会让给下一位，你的位置不变。")
    notify(
        key=f"waitlist:{offer.public_id}:offered",
        recipient=offer.entry.joined_by,
        subject=_("有一个时间留给你"),
        body=body.format(when=moment_text(offer.starts_at), until=near_moment_text(offer.expires_at)),
        url=_page(offer.entry),
    )


def tell_lapsed(offer: WaitlistOffer, *, is_paused: bool) -> None:
    """Say in the app that nobody answered: no blame, and what goes on."""
    waits = _("{when} 的时间已经让给下一位了。你还在候补，位置不变。")
    paused = _("{when} 的时间已经让给下一位了。候补先替你暂停，想继续时打开就好，等候的时间照算。")
    _in_app(offer, "lapsed", _("那个时间让给下一位了"), paused if is_paused else waits)


def tell_withdrawn(offer: WaitlistOffer) -> None:
    """Say in the app that the provider took the time back."""
    _in_app(offer, "withdrawn", _("那个时间又不行了"), _("{when} 的时间机构收回了，抱歉。你还在候补，位置不变。"))


def tell_unmet(entry: WaitlistEntry) -> None:
    """Say that the day has come and no time was found, and where there is help meanwhile."""
    notify(
        key=f"waitlist:{entry.public_id}:unmet",
        recipient=entry.joined_by,
        subject=_("还没有等到时间"),
        body=_("到今天还没有合适的时间，我们已经请机构想办法。打开心桥，可以看看别的选择，也有现在就能打的电话。"),
        url=_page(entry),
        channels=[Channel.IN_APP],
    )


def tell_partner_unmet(entry: WaitlistEntry) -> None:
    """Say to the people of the organisation that somebody should have been seen by now; not who."""
    for partner_id, provider in _partners_of(entry):
        for person in provider.partner.users.all():
            notify(
                key=f"waitlist:{entry.public_id}:late:{partner_id}:{person.pk}",
                recipient=person,
                subject=_("有人等到了该见面的日子"),
                body=_("候补里有一位到了约定的日子还没有时间。请看一下能不能加一个。"),
                url=reverse("clinics:waiting"),
                channels=[Channel.IN_APP],
            )


def tell_ended(entry: WaitlistEntry) -> None:
    """Say in the app that an entry ended by itself."""
    notify(
        key=f"waitlist:{entry.public_id}:ended",
        recipient=entry.joined_by,
        subject=_("候补结束了"),
        body=_("有一个候补到期了。还需要的话，随时可以再加入。"),
        url=_page(entry),
        channels=[Channel.IN_APP],
    )


def _partners_of(entry: WaitlistEntry) -> list:
    providers = entry.service.providers.select_related("partner").order_by("pk")
    return sorted({each.partner_id: each for each in providers}.items(), key=lambda pair: pair[0])


def _in_app(offer: WaitlistOffer, fact: str, subject: str, body: str) -> None:
    notify(
        key=f"waitlist:{offer.public_id}:{fact}",
        recipient=offer.entry.joined_by,
        subject=subject,
        body=body.format(when=moment_text(offer.starts_at)),
        url=_page(offer.entry),
        channels=[Channel.IN_APP],
    )


def _page(entry: WaitlistEntry) -> str:
    return reverse("waitlist:entry", args=[entry.public_id])
