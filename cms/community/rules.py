"""Who may read and write what. Ages are asked of `families.age_rules`; here they become rights in topics."""

from dataclasses import dataclass

from marketplace.accounts.models import User
from marketplace.core.age_bands import AgeBand, band_of
from marketplace.families.models import Child
from marketplace.families.selectors import young_profile_of

from .models import Topic

#: What somebody of a band reads: their own and what is for younger ones; adults read everything and write nothing.
_READABLE = {
    AgeBand.CHILD: (AgeBand.CHILD,),
    AgeBand.YOUNGER_TEEN: (AgeBand.YOUNGER_TEEN, AgeBand.CHILD),
    AgeBand.OLDER_TEEN: (AgeBand.OLDER_TEEN, AgeBand.YOUNGER_TEEN, AgeBand.CHILD),
    AgeBand.ADULT: (AgeBand.OLDER_TEEN, AgeBand.YOUNGER_TEEN, AgeBand.CHILD),
    AgeBand.TEACHER: (AgeBand.OLDER_TEEN, AgeBand.YOUNGER_TEEN, AgeBand.CHILD),
}
#: Who has not said an age reads what is for the youngest.
UNKNOWN_BAND = AgeBand.CHILD


@dataclass(frozen=True)
class Reader:
    """Somebody in front of the community: a member, a person with another account, or a stranger."""

    user: User | None
    child: Child | None
    band: AgeBand

    @property
    def bands(self) -> tuple[AgeBand, ...]:
        """The age bands whose topics they read, their own first; none below the age at which reading begins."""
        if self.child and not self.child.rules.may_read_community:
            return ()
        return _READABLE[self.band]

    @property
    def may_write_at_all(self) -> bool:
        """Whether they are a member who may write somewhere."""
        return self.child is not None and self.child.rules.may_post_in_community

    @property
    def is_read_first(self) -> bool:
        """Whether a person of ours reads what they write before others do."""
        return self.child is None or self.child.rules.is_read_before_shown

    def may_read(self, topic: Topic) -> bool:
        """Whether a topic is for them to read."""
        return topic.band in self.bands

    def may_write(self, topic: Topic) -> bool:
        """Whether they may write in a topic."""
        return self.may_write_at_all and topic.is_open and self.may_read(topic)


def reader_of(user: object, *, chosen: str = "") -> Reader:
    """Return the reader behind a request; `chosen` is the band a stranger or parent picked, which no young member can."""
    member = user if isinstance(user, User) and user.is_active else None
    child = young_profile_of(member) if member else None
    if child is not None:
        return Reader(member, child, band_of(child.age))
    return Reader(member, None, AgeBand(chosen) if chosen in AgeBand.values else UNKNOWN_BAND)
