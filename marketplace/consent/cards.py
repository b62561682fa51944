"""How a consent is shown to the family: in plain words, with what can be done about it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.core.labels import shown_label
from marketplace.families.age_rules import rules_on
from marketplace.families.models import Child

from . import rules, selectors
from .enums import ConsentEventKind, ConsentState, DataItem, GivenAs
from .models import Consent

_STATUS_KINDS = {ConsentState.IN_FORCE: "good", ConsentState.WAITING: "wait", ConsentState.COMING: "note"}
#: What one agreed to and another has yet to answer can be taken back too.
_CAN_BE_SWITCHED_OFF = {ConsentState.IN_FORCE, ConsentState.COMING, ConsentState.WAITING}


@dataclass(frozen=True)
class ConsentCard:
    """One consent as one person sees it."""

    consent: Consent
    state: ConsentState
    can_answer: bool
    can_revoke: bool

    @property
    def status_kind(self) -> str:
        return _STATUS_KINDS.get(self.state, "")

    @property
    def who(self) -> str:
        """Who may see it, or asks to, in the reader's language."""
        return shown_label(self.consent.grantee_label)

    @property
    def items(self) -> list[str]:
        """What is shown, in words."""
        return [str(DataItem(item).label) for item in self.consent.items]

    @property
    def agreed_by(self) -> list[str]:
        """Who has agreed, as what: the young person, a guardian."""
        granted = [event for event in self.consent.events.all() if event.kind == ConsentEventKind.GRANTED]
        return [str(GivenAs(event.given_as).label) for event in granted]

    @property
    def waits_for(self) -> list[str]:
        """Who has yet to agree."""
        return [str(GivenAs(given_as).label) for given_as in rules.still_needed(self.consent)]

    @property
    def is_asked(self) -> bool:
        """Whether somebody asked for it, rather than the family offering it."""
        return any(event.kind == ConsentEventKind.PROPOSED for event in self.consent.events.all())


def card(consent: Consent, user: User, given_as: GivenAs | None, now: datetime) -> ConsentCard:
    """Return a consent as a person sees it who may speak for the child as `given_as`."""
    state = rules.state_of(consent, now)
    return ConsentCard(
        consent=consent,
        state=state,
        can_answer=state == ConsentState.WAITING and given_as in rules.still_needed(consent),
        can_revoke=state in _CAN_BE_SWITCHED_OFF and rules.may_revoke(user, consent, given_as),
    )


@dataclass(frozen=True)
class ConsentPage:
    """Everything on the page of one child: what waits for an answer, what stands, what is over."""

    child: Child
    is_own: bool
    can_grant: bool
    by_rule: list[str]
    waiting: list[ConsentCard]
    standing: list[ConsentCard]
    over: list[ConsentCard]


#: How much of the past one page shows; the record itself is in the copy of one's data.
SHOWN_PAST = 30


def page_of(child: Child, user: User, now: datetime) -> ConsentPage:
    """Lay out one child's page for one person."""
    day = timezone.localdate(now)
    given_as = rules.capacity(user, child, day)
    cards = [card(consent, user, given_as, now) for consent in selectors.consents_shown_to(user, child, day)]
    standing = {ConsentState.IN_FORCE, ConsentState.COMING}
    guardian_sees = rules_on(child.born_on, day).guardian_sees
    return ConsentPage(
        child=child,
        is_own=child.account_id == user.pk,
        can_grant=bool(rules.purposes_open_to(given_as, child, day)),
        by_rule=[str(item.label) for item in DataItem if item in guardian_sees],
        waiting=[one for one in cards if one.state == ConsentState.WAITING],
        standing=[one for one in cards if one.state in standing],
        over=[one for one in cards if one.state not in standing and one.state != ConsentState.WAITING][:SHOWN_PAST],
    )


def history(consent: Consent) -> list[tuple[datetime, str]]:
    """Return what happened to a consent, oldest first, in words; people by what they are, not by name."""
    words = {
        ConsentEventKind.PROPOSED: _("%(who)s请求查看"),
        ConsentEventKind.GRANTED: _("%(who)s同意了"),
        ConsentEventKind.DECLINED: _("%(who)s没有同意"),
        ConsentEventKind.REVOKED: _("%(who)s关掉了"),
    }
    told = []
    for event in consent.events.all():
        who = GivenAs(event.given_as).label if event.given_as else shown_label(consent.grantee_label)
        told.append((event.at, words[ConsentEventKind(event.kind)] % {"who": who}))
    return told
