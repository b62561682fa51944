"""Who keeps moods and a diary here."""

from typing import Any

from marketplace.families.age_rules import may_keep_a_diary
from marketplace.families.models import Child
from marketplace.families.selectors import young_profile_of


def keeper(user: Any) -> Child | None:
    """Return the profile under which somebody keeps moods and a diary: their own, as the age table lets them.

    A teen, or an adult who grew up here; below 14 the account itself stands on a guardian's consent. Everybody else can
    use the day's check-in in their browser alone.
    """
    child = young_profile_of(user)
    return child if child is not None and may_keep_a_diary(child.rules) else None
