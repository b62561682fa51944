"""EC-01, B3.5: whatever families do in whatever order, no profile is overwritten, merged or taken over."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from marketplace.accounts.enums import Role
from marketplace.core.errors import Refusal
from marketplace.families import services
from marketplace.families.enums import GuardianshipScope, GuardianshipStatus, Relation
from marketplace.families.models import Child, Guardianship
from marketplace.families.rules import MOST_GUARDIANS, is_grown_up
from tests.factories import make_user

BIRTHS = [date(2020, 3, 1), date(2015, 3, 1), date(2011, 3, 1), date(2010, 3, 1)]
NAMES = ["小禾", "小禾", "小舟", "阿树"]
numbers = st.integers(0, 5)

actions = st.one_of(
    st.tuples(st.just("add"), numbers, numbers),
    st.tuples(st.just("change"), numbers, numbers),
    st.tuples(st.just("sign_up"), numbers, numbers),
    st.tuples(st.sampled_from(["invite_teen", "invite_guardian", "invite_helper", "ask_guardian"]), numbers, numbers),
    st.tuples(st.just("accept"), numbers, numbers),
    st.tuples(st.just("accept"), numbers, numbers),
    st.tuples(st.sampled_from(["leave", "remove", "archive", "revoke"]), numbers, numbers),
)


@dataclass
class World:
    """Some people, and what they have sent one another so far."""

    people: list[Any]
    secrets: list[tuple[str, Any]] = field(default_factory=list)

    def act(self, action: str, who: int, what: int) -> Child | None:
        """Do one thing; return the profile that it may change, if any."""
        user = self.people[who % len(self.people)]
        children = list(Child.objects.order_by("pk"))
        child = children[what % len(children)] if children else None
        if action == "add":
            services.add_child(guardian=user, nickname=NAMES[what % 4], born_on=BIRTHS[what % 4])
        elif action == "sign_up" and not Child.objects.filter(account=user).exists() and user.role == Role.TEEN:
            Child.objects.create(nickname=NAMES[what % 4], born_on=BIRTHS[2], account=user)
        elif action == "accept" and self.secrets:
            secret, invited = self.secrets[what % len(self.secrets)]
            services.accept_invitation(secret=secret, user=user)
            return invited
        elif child is not None:
            return self._act_on(child, action, user)
        return None

    def _act_on(self, child: Child, action: str, user: Any) -> Child | None:
        if action == "change":
            values = {"relation": Relation.OTHER, "school_year": None, "born_on": child.born_on}
            services.update_child(user=user, public_id=child.public_id, nickname=f"{child.nickname[:8]}改", **values)
            return child
        if action == "archive":
            services.archive_child(user=user, public_id=child.public_id)
            return child
        if action in ("leave", "remove"):
            row = child.guardianships.filter(status=GuardianshipStatus.ACTIVE).order_by("pk").last()
            if row:
                by = row.guardian if action == "leave" else user
                services.end_guardianship(user=by, public_id=row.public_id)
        elif action == "revoke" and (row := child.invitations.order_by("pk").last()):
            services.revoke_invitation(user=user, public_id=row.public_id)
        elif action.startswith(("invite", "ask")):
            self.secrets.append((self._invited(child, action, user).token, child))
        return None

    def _invited(self, child: Child, action: str, user: Any) -> services.NewInvitation:
        if action == "invite_teen":
            return services.invite_teen(invited_by=user, child=child)
        if action == "ask_guardian":
            return services.ask_guardian(child=child, asked_by=user)
        scope = GuardianshipScope.BOOKING if action == "invite_helper" else GuardianshipScope.FULL
        return services.invite_guardian(invited_by=user, child=child, scope=scope)


def profiles() -> dict[int, dict[str, Any]]:
    return {row["id"]: row for row in Child.objects.values()}


@pytest.mark.django_db
@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(actions, min_size=4, max_size=25))
def test_no_sequence_overwrites_a_profile(steps):
    people = [make_user(), make_user(), make_user(), make_user(role=Role.TEEN), make_user(role=Role.TEEN)]
    world = World(people)
    Child.objects.all().delete()
    for step in steps:
        before = profiles()
        try:
            touched = world.act(*step)
        except Refusal:
            touched = None
            assert profiles() == before, "what is refused leaves everything as it was"
        _check(before, profiles(), touched, step[0])


def _check(
    before: dict[int, dict[str, Any]], after: dict[int, dict[str, Any]], touched: Child | None, action: str
) -> None:
    assert before.keys() <= after.keys(), "no profile disappears"
    assert len(after) - len(before) <= (action in ("add", "sign_up")), "joining makes no profile"
    for pk, row in before.items():
        changed = {name for name, value in row.items() if after[pk][name] != value}
        allowed = {"change": {"nickname"}, "archive": {"archived_at"}, "accept": {"account_id"}}.get(action, set())
        assert changed <= (allowed if touched is not None and touched.pk == pk else set()), (action, changed)
        assert row["account_id"] in (None, after[pk]["account_id"]), "a profile keeps its account"
    for child in Child.objects.filter(account=None, archived_at=None):
        assert not is_grown_up(child)
    for child in Child.objects.all():
        rows = Guardianship.objects.in_force().filter(child=child)
        assert rows.count() <= MOST_GUARDIANS
        assert child.account_id not in {row.guardian_id for row in rows}, "nobody is their own guardian"
        ever = child.guardianships.exists()
        assert rows.full().exists() or not ever or child.account_id, "a child that had a guardian keeps one"
