"""What changes with age: table D6 of our law notes as code, and the only place that knows 8, 14, 16 and 18.

Ages are full years on a Shanghai day (`timezone.localdate()`): a rule changes as the birthday begins there. Who is
born on 29 February has the birthday on 1 March of other years (Civil Code, art. 200-201: the day counts in full).
"""

from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum

from .ages import age_on

#: Civil Code, art. 20: below 8 without capacity; only a guardian acts.
CAPACITY_BEGINS_AT = 8
#: PIPL, art. 28 and 31: data of under-14s is sensitive and needs a guardian's consent; from 14 on one's own.
DECIDES_AT = 14
#: Civil Code, art. 18, and the minor-mode guide of 2024, which draws its line at 16.
OLDER_TEEN_AT = 16
#: Civil Code, art. 17.
ADULT_AT = 18
#: The birthdays on which rules change.
CHANGES_AT = (CAPACITY_BEGINS_AT, DECIDES_AT, OLDER_TEEN_AT, ADULT_AT)


class AccountRule(StrEnum):
    """Who may have an account of their own (PIPL, art. 31; Civil Code, art. 19-22)."""

    PARENT_ONLY = "parent_only"
    GUARDIAN_CONSENT = "guardian_consent"
    OWN_WITH_NOTICE = "own_with_notice"
    OWN = "own"


class CompanionRule(StrEnum):
    """Whether one may chat with the companion, an AI (rules on humanlike AI, draft of December 2025)."""

    OFF = "off"
    GUARDIAN_CONSENT = "guardian_consent"
    OPEN = "open"


class CommunityRule(StrEnum):
    """What one may do in the community: nothing, read, or write and be read by a moderator before or after."""

    OFF = "off"
    READ_ONLY = "read_only"
    PRE_MODERATED = "pre_moderated"
    POST_MODERATED = "post_moderated"


@dataclass(frozen=True)
class SelfPay:
    """What somebody may pay alone, in fen, once and in a calendar month. None: no limit."""

    once_fen: int | None
    month_fen: int | None


#: For games the notice of 2019 allows nothing below 8, 50 yuan (200 a month) below 16, 100 yuan (400) below 18; we
#: take it as the cap for everything, as art. 44 of the rules on protecting minors online asks for one by age. Tips,
#: a minor's above all (opinion of 2022), exist nowhere here.
NOTHING = SelfPay(0, 0)
_SMALL = SelfPay(50_00, 200_00)
_LARGER = SelfPay(100_00, 400_00)
_FULL = SelfPay(None, None)

#: Minor-mode guide of 2024: off from 22 to 6; an hour a day below 16, two hours below 18. Crisis help is always open.
NIGHT = (time(22), time(6))


@dataclass(frozen=True)
class AgeRules:
    """The rules for one age.

    `self_pay_*` hold as long as no guardian chose otherwise; a guardian may go up to `self_pay_most`.
    `guardian_sees`: values of consent's DataItem that an active guardian sees unasked, the safety rule apart.
    `companion_daily_minutes` is a cap, `companion_reminder_minutes` when a pause is proposed; None: neither.
    `daily_minutes` and `night` are minor mode's; None: no limit.
    """

    age: int
    account: AccountRule
    self_pay: SelfPay
    self_pay_most: SelfPay
    guardian_sees: frozenset[str]
    companion: CompanionRule
    companion_daily_minutes: int | None
    companion_reminder_minutes: int | None
    community: CommunityRule
    daily_minutes: int | None
    night: tuple[time, time] | None

    @property
    def self_pay_once_fen(self) -> int | None:
        """The most that may be paid alone at once, in fen, unless a guardian chose otherwise; None: no limit."""
        return self.self_pay.once_fen

    @property
    def self_pay_month_fen(self) -> int | None:
        """The same for a calendar month."""
        return self.self_pay.month_fen

    @property
    def decides_alone(self) -> bool:
        """Whether one's own word counts for one's data, without a guardian's beside it."""
        return self.age >= DECIDES_AT

    @property
    def may_read_community(self) -> bool:
        """Whether the community is open to somebody of this age at all."""
        return self.community is not CommunityRule.OFF

    @property
    def may_post_in_community(self) -> bool:
        """Whether they may write there too."""
        return self.community in (CommunityRule.PRE_MODERATED, CommunityRule.POST_MODERATED)

    @property
    def is_read_before_shown(self) -> bool:
        """Whether a moderator reads what they write before others do."""
        return self.community is not CommunityRule.POST_MODERATED

    @property
    def is_adult(self) -> bool:
        """Whether no guardian has a say any more."""
        return self.age >= ADULT_AT


#: All but `concern`: a worry about safety may be about its reader (law on minors, art. 11).
_ALL_BUT_CONCERNS = frozenset(
    "profile contact booking booking_detail bill plan score report session_note diary mood chat".split()
)
#: Bookings, bills and the plan; not what a child writes.
_BOOKINGS_BILLS_PLAN = frozenset("profile contact booking booking_detail bill plan".split())
#: From 14 on time, place or mode, organisation and price; never the need, the product's title, scores or notes.
_BOOKINGS_AND_BILLS = frozenset("profile booking bill".split())
#: From 16 on as the teen chooses; that the profile is there, the guardian knows.
_AS_THE_TEEN_CHOOSES = frozenset({"profile"})


#: From which age on which rules, oldest first; `age` is filled in by `rules_on`.
_TABLE = (
    AgeRules(
        age=ADULT_AT,
        account=AccountRule.OWN,
        self_pay=_FULL,
        self_pay_most=_FULL,
        guardian_sees=frozenset(),
        companion=CompanionRule.OPEN,
        companion_daily_minutes=None,
        companion_reminder_minutes=None,
        community=CommunityRule.POST_MODERATED,
        daily_minutes=None,
        night=None,
    ),
    AgeRules(
        age=OLDER_TEEN_AT,
        account=AccountRule.OWN,
        self_pay=_LARGER,
        self_pay_most=_LARGER,
        guardian_sees=_AS_THE_TEEN_CHOOSES,
        companion=CompanionRule.GUARDIAN_CONSENT,
        companion_daily_minutes=None,
        companion_reminder_minutes=120,
        community=CommunityRule.PRE_MODERATED,
        daily_minutes=120,
        night=NIGHT,
    ),
    AgeRules(
        age=DECIDES_AT,
        account=AccountRule.OWN_WITH_NOTICE,
        self_pay=NOTHING,
        self_pay_most=_SMALL,
        guardian_sees=_BOOKINGS_AND_BILLS,
        companion=CompanionRule.GUARDIAN_CONSENT,
        companion_daily_minutes=None,
        companion_reminder_minutes=120,
        community=CommunityRule.PRE_MODERATED,
        daily_minutes=60,
        night=NIGHT,
    ),
    AgeRules(
        age=CAPACITY_BEGINS_AT,
        account=AccountRule.GUARDIAN_CONSENT,
        self_pay=NOTHING,
        self_pay_most=NOTHING,
        guardian_sees=_BOOKINGS_BILLS_PLAN,
        companion=CompanionRule.GUARDIAN_CONSENT,
        companion_daily_minutes=60,
        companion_reminder_minutes=None,
        community=CommunityRule.READ_ONLY,
        daily_minutes=60,
        night=NIGHT,
    ),
    AgeRules(
        age=0,
        account=AccountRule.PARENT_ONLY,
        self_pay=NOTHING,
        self_pay_most=NOTHING,
        guardian_sees=_ALL_BUT_CONCERNS,
        companion=CompanionRule.OFF,
        companion_daily_minutes=0,
        companion_reminder_minutes=None,
        community=CommunityRule.OFF,
        daily_minutes=60,
        night=NIGHT,
    ),
)


def rules_on(born_on: date, day: date) -> AgeRules:
    """Return the rules on a (Shanghai) day for somebody born on a date; before birth those of a newborn."""
    return rules_at(age_on(born_on, day))


def rules_at(age: int) -> AgeRules:
    """Return the rules for an age in full years."""
    age = max(0, age)
    return replace(next(rules for rules in _TABLE if rules.age <= age), age=age)


def may_write_letters(rules: AgeRules) -> bool:
    """Return whether a young person writes letters alone: whoever may have an account at all, below 14 by consent."""
    return rules.account is not AccountRule.PARENT_ONLY


def may_keep_a_diary(rules: AgeRules) -> bool:
    """Return whether a young person keeps a diary and moods here: whoever may have an account at all."""
    return rules.account is not AccountRule.PARENT_ONLY


def birthday(born_on: date, age: int) -> date:
    """Return the day on which somebody becomes this old: 1 March where 29 February is missing."""
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:
        return date(born_on.year + age, 3, 1)


def next_change(born_on: date, day: date) -> date | None:
    """Return the first birthday after a day on which the rules change, or None for an adult."""
    return next((turns for age in CHANGES_AT if (turns := birthday(born_on, age)) > day), None)
