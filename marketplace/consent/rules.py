"""Who must agree, what each role can reach at all, and the plain sentence for every decision.

`MATRIX` is EDU-02 as a table: every affiliation, every item. It says what is possible, never what is allowed: a look
also needs a booked service, a consent, or a safety override.
"""

from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.enums import Duty
from marketplace.accounts.models import User
from marketplace.families.age_rules import DECIDES_AT, birthday, rules_on
from marketplace.families.models import Child
from marketplace.families.rules import is_full_guardian

from .enums import Affiliation, ConsentEventKind, ConsentState, DataItem, GivenAs, Purpose, Reach, Reason
from .models import Consent

_LETTERS = {
    "S": Reach.SERVICE,
    "C": Reach.CONSENT,
    "P": Reach.PERSON,
    "D": Reach.DUTY,
    "A": Reach.AGGREGATE,
    "-": Reach.NEVER,
}

#: One row an item, one column an affiliation; the letters stand above. Schools work with aggregates (A3.2): a named
#: case opens for a psychology teacher whom a consent names; class and subject teachers and leaders have none.
_TABLE = """
               practi clinic doctor class  subject psycho school commun regul  platf
               tioner staff         teach. teacher teach. leader worker ator   staff
profile        S      S      S      A      A       P      A      S      A      D
contact        S      S      S      A      A       P      A      S      A      D
booking        S      S      S      A      A       P      A      S      A      D
booking_detail S      S      S      A      A       P      A      -      A      -
bill           -      C      -      -      -       -      -      -      A      D
plan           C      -      C      A      A       P      A      -      A      -
score          C      -      C      A      A       P      A      -      A      -
report         C      -      C      A      A       P      A      -      A      -
session_note   C      -      C      -      -       -      -      -      -      -
diary          P      -      P      -      -       -      -      -      -      -
mood           C      -      C      A      A       P      A      -      A      -
chat           P      -      P      -      -       -      -      -      -      -
concern        C      -      C      A      A       P      A      -      A      D
"""
_COLUMNS = (
    Affiliation.PRACTITIONER,
    Affiliation.CLINIC_STAFF,
    Affiliation.DOCTOR,
    Affiliation.CLASS_TEACHER,
    Affiliation.SUBJECT_TEACHER,
    Affiliation.PSYCHOLOGY_TEACHER,
    Affiliation.SCHOOL_LEADER,
    Affiliation.COMMUNITY_WORKER,
    Affiliation.REGULATOR,
    Affiliation.PLATFORM_STAFF,
)
MATRIX: dict[tuple[Affiliation, DataItem], Reach] = {
    (affiliation, DataItem(words[0])): _LETTERS[letter]
    for words in (line.split() for line in _TABLE.splitlines())
    if words and words[0] in DataItem.values
    for affiliation, letter in zip(_COLUMNS, words[1:], strict=True)
}

#: What a duty opens to our staff while they are on it (PRV-11), by purpose.
DUTY_ITEMS: dict[tuple[Duty, Purpose], frozenset[DataItem]] = {
    (Duty.SUPPORT, Purpose.SUPPORT): frozenset({DataItem.PROFILE, DataItem.CONTACT, DataItem.BOOKING, DataItem.BILL}),
    (Duty.SAFETY, Purpose.SAFETY): frozenset({DataItem.PROFILE, DataItem.CONTACT, DataItem.CONCERN}),
    (Duty.REVIEW, Purpose.OVERSIGHT): frozenset({DataItem.PROFILE, DataItem.CONTACT}),
}
#: Which duty a purpose of ours belongs to.
DUTY_OF: dict[Purpose, Duty] = {purpose: duty for duty, purpose in DUTY_ITEMS}

#: What a guardian whose scope is booking and paying alone can see at most.
BOOKING_SCOPE_ITEMS = frozenset({DataItem.PROFILE, DataItem.BOOKING, DataItem.BILL})

#: Items that are not kept as single records: a consent or a service opens them whole or not at all.
WHOLE_ITEMS = frozenset({DataItem.PROFILE, DataItem.CONTACT})

SENTENCES = {
    Reason.OWN: _("这是自己的信息。"),
    Reason.AGE_RULE: _("监护人在孩子这个年龄可以看到这一项。"),
    Reason.CONSENT: _("这一项得到了同意，而且同意还有效。"),
    Reason.SERVICE: _("提供约好的服务需要用到这一项。"),
    Reason.DUTY: _("正在值班的工作人员处理这件事需要用到这一项。"),
    Reason.OVERRIDE: _("为了保护安全，两名工作人员一起批准了这次例外。"),
    Reason.EMERGENCY: _("会面中有人发出了紧急求助，这一项是为这种时候留下的。"),
    Reason.NO_RELATION: _("没有约好的服务，也没有得到同意，所以看不到。"),
    Reason.TEEN_PRIVATE: _("满 14 岁后，这一项给不给看由孩子自己决定，现在没有打开。"),
    Reason.CHILD_PRIVATE: _("这是孩子自己写下的内容，不给别人看。"),
    Reason.SAFETY_GATED: _("安全方面的记录先由专业人员核对，再决定告诉谁。"),
    Reason.OUT_OF_SCOPE: _("这一项不在同意的范围里，所以看不到。"),
    Reason.EXPIRED: _("以前的同意已经到期或被收回，所以看不到。"),
    Reason.OFF_DUTY: _("不在值班时间，看不到任何人的信息。"),
    Reason.AGGREGATE_ONLY: _("这个身份只能看汇总数字，看不到某一个人。"),
}


def agreements_needed(born_on: date, day: date, purpose: Purpose) -> list[GivenAs]:
    """Return who has to agree on a day: under 14 a guardian; from 14 on the young person alone.

    To pass anything on to a hospital (HOS-01) a guardian agrees too, until 18.
    """
    rules = rules_on(born_on, day)
    if not rules.decides_alone:
        return [GivenAs.GUARDIAN]
    if purpose == Purpose.REFERRAL and not rules.is_adult:
        return [GivenAs.TEEN, GivenAs.GUARDIAN]
    return [GivenAs.TEEN]


def reach(affiliation: Affiliation, item: DataItem) -> Reach:
    """Return how far an affiliation can reach an item; what the table does not name is out of reach."""
    return MATRIX.get((affiliation, item), Reach.NEVER)


def shareable_with(affiliation: Affiliation) -> tuple[DataItem, ...]:
    """Return the items a consent for an organisation can open to its people of an affiliation."""
    return tuple(item for item in DataItem if reach(affiliation, item) in {Reach.SERVICE, Reach.CONSENT})


#: What a young person can choose to show a guardian; worries about safety go through people on duty.
SHAREABLE_WITH_GUARDIAN = tuple(item for item in DataItem if item != DataItem.CONCERN)


def capacity(user: User, child: Child, day: date) -> GivenAs | None:
    """Return as what a person may speak for a child's data on a day: oneself from 14 on, else a full guardian."""
    rules = rules_on(child.born_on, day)
    if child.account_id == user.pk and rules.decides_alone:
        return GivenAs.TEEN
    return GivenAs.GUARDIAN if not rules.is_adult and is_full_guardian(user, child) else None


def may_revoke(user: User, consent: Consent, given_as: GivenAs | None) -> bool:
    """Return whether a person may switch a consent off: whoever could give it, and the young person at any age.

    `given_as` is the person's `capacity` today; asked once for a page of many consents.
    """
    if consent.child.account_id == user.pk:
        return user.is_active
    return given_as is not None and given_as in consent.needs


def last_moment(born_on: date, until: datetime, needs: list[GivenAs]) -> datetime:
    """Return when a consent ends at the latest: what a guardian alone agreed to ends on the 14th birthday."""
    if GivenAs.TEEN in needs:
        return until
    return min(until, timezone.make_aware(datetime.combine(birthday(born_on, DECIDES_AT), time.min)))


def state_of(consent: Consent, now: datetime) -> ConsentState:
    """Return where a consent stands at a moment; reads its events (prefetch them for lists)."""
    events = list(consent.events.all())
    kinds = {event.kind for event in events}
    if ConsentEventKind.REVOKED in kinds:
        return ConsentState.REVOKED
    if ConsentEventKind.DECLINED in kinds:
        return ConsentState.DECLINED
    decides_alone = rules_on(consent.child.born_on, timezone.localdate(now)).decides_alone
    if now >= consent.valid_until or (decides_alone and GivenAs.TEEN not in consent.needs):
        return ConsentState.ENDED
    if still_needed(consent):
        return ConsentState.WAITING
    return ConsentState.IN_FORCE if now >= consent.valid_from else ConsentState.COMING


def still_needed(consent: Consent) -> list[str]:
    """Return who has yet to agree."""
    agreed = {event.given_as for event in consent.events.all() if event.kind == ConsentEventKind.GRANTED}
    return [given_as for given_as in consent.needs if given_as not in agreed]


def purposes_open_to(given_as: GivenAs | None, child: Child, day: date) -> list[Purpose]:
    """Return the purposes for which somebody of this capacity can give a consent on a day, alone or with another."""
    return [purpose for purpose in Purpose if given_as in agreements_needed(child.born_on, day, purpose)]
