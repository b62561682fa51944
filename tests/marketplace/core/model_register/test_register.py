"""A model that no ethics board approved serves nobody: what people get instead, and what an overseer can read."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import override_settings
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

import tests.factories as factories
from marketplace.accounts.enums import Duty
from marketplace.core.model_register import registry, selectors
from marketplace.core.model_register.enums import ModelKind
from marketplace.core.model_register.errors import AlreadyWithdrawn, NotApproved, UnknownModel
from marketplace.core.model_register.models import Approval
from marketplace.core.model_register.registry import RegisteredModel, register_model
from marketplace.core.model_register.services import demand_approval, record_approval, withdraw_approval
from marketplace.safeguarding.concerns.models import Concern
from marketplace.safeguarding.enums import Level, Source
from marketplace.safeguarding.gate.model import MODEL, version
from marketplace.safeguarding.gate.models import Screening
from marketplace.safeguarding.gate.services import screen

DANGER = "我不想活了，今晚就从楼顶跳下去"
EVERYDAY = "今天食堂的糖醋排骨真好吃"
TODAY = date(2026, 11, 2)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_trial():
    """A real house: no mark of a trial, and nothing remembered."""
    with override_settings(MODEL_TRIAL_NUMBER=""):
        selectors.forget_known()
        yield
        selectors.forget_known()


def approve(**changes):
    given = {
        "slug": MODEL,
        "version": version(),
        "number": "伦审-2026-011",
        "board": "伦理委员会",
        "approved_on": TODAY,
    }
    return record_approval(**(given | changes))


def asked_again():
    selectors.forget_known()
    return selectors.approval_number(MODEL)


class TestApproving:
    def test_the_number_of_the_version_in_service_opens_it(self):
        assert asked_again() == ""
        with pytest.raises(NotApproved):
            demand_approval(MODEL)
        approve()
        assert asked_again() == "伦审-2026-011"
        demand_approval(MODEL)

    def test_a_model_trained_anew_is_another_model(self):
        approve(version="0123456789ab")
        assert asked_again() == ""

    def test_an_approval_that_is_over_withdrawn_or_still_to_come_opens_nothing(self):
        approve(number="1", valid_until_on=timezone.localdate() - timedelta(days=1))
        approve(number="2", approved_on=timezone.localdate() + timedelta(days=1))
        withdraw_approval(approval=approve(number="3"), because="投诉之后重新审查")
        assert asked_again() == ""

    def test_an_approval_is_withdrawn_once_and_says_why(self):
        approval = approve()
        withdraw_approval(approval=approval, because="重新审查")
        with pytest.raises(AlreadyWithdrawn):
            withdraw_approval(approval=approval, because="又一次")
        approval.refresh_from_db()
        assert approval.withdrawn_because == "重新审查"
        with pytest.raises(IntegrityError), transaction.atomic():
            Approval.objects.update(withdrawn_because="")

    def test_the_same_number_is_written_once(self):
        assert approve() == approve()

    def test_a_model_nobody_has_is_not_approved(self):
        with pytest.raises(UnknownModel):
            approve(slug="horoscope")
        assert not selectors.may_serve("horoscope")

    @pytest.mark.parametrize("empty", ["number", "board"])
    def test_an_approval_without_number_or_board_is_none(self, empty):
        with pytest.raises(IntegrityError), transaction.atomic():
            approve(**{empty: ""})


class TestGateWithoutApproval:
    @pytest.fixture
    def teen(self):
        factories.make_staff(duties=[Duty.SAFETY])
        return factories.make_teen(age=15)

    def test_curated_words_still_call_people(self, teen):
        answer = screen(text=DANGER, source=Source.POST, ref="a", author=teen)
        assert answer.card and answer.hold and answer.level == Level.URGENT
        assert Concern.objects.get().urgency == Level.URGENT
        assert Screening.objects.get().model_version == "", "no model was asked"

    def test_everything_others_would_read_waits_for_people(self, teen):
        answer = screen(text=EVERYDAY, source=Source.POST, ref="a", author=teen)
        assert answer.hold and answer.card
        assert not Concern.objects.exists()

    def test_what_nobody_else_reads_is_not_held(self, teen):
        assert not screen(text=EVERYDAY, source=Source.DIARY, ref="a", author=teen).hold

    def test_the_model_is_not_asked(self, teen, monkeypatch):
        monkeypatch.setattr("marketplace.safeguarding.gate.services.grade", _must_not_be_asked)
        assert screen(text=EVERYDAY, source=Source.POST, ref="a", author=teen).hold

    def test_once_approved_it_reads_again(self, teen):
        approve()
        selectors.forget_known()
        assert not screen(text=EVERYDAY, source=Source.POST, ref="a", author=teen).hold


def _must_not_be_asked(text):
    raise AssertionError("the model was asked")


class TestRegister:
    def test_it_names_every_model_its_version_and_its_approvals_in_one_query(self, django_assert_num_queries):
        approve()
        approve(number="伦审-2025-002", version="older0000000")
        with django_assert_num_queries(1):
            gate = next(entry for entry in selectors.register_entries() if entry.model.slug == MODEL)
        assert gate.is_served and not gate.is_on_trial and gate.version == version()
        assert gate.standing.number == "伦审-2026-011" and len(gate.approvals) == 2

    def test_a_trial_is_called_one(self):
        with override_settings(MODEL_TRIAL_NUMBER="DEMO"):
            gate = next(entry for entry in selectors.register_entries() if entry.model.slug == MODEL)
            assert gate.is_on_trial and gate.is_served
        assert not next(entry for entry in selectors.register_entries() if entry.model.slug == MODEL).is_served

    def test_a_recommender_that_registers_is_refused_until_approved(self, monkeypatch):
        monkeypatch.setattr(registry, "_models", dict(registry._models))
        words = SimpleLazyObject(lambda: "推荐")
        register_model(
            RegisteredModel(
                slug="recommender",
                name=words,
                kind=ModelKind.RECOMMENDER,
                purpose=words,
                without=words,
                version=lambda: "v1",
                card="docs/models/recommender.md",
            )
        )
        with pytest.raises(NotApproved):
            demand_approval("recommender")
        approve(slug="recommender", version="v1")
        selectors.forget_known()
        demand_approval("recommender")


class TestCommand:
    def test_it_approves_the_version_in_service_and_takes_it_back(self):
        call_command("approve_model", MODEL, number="伦审-7", board="委员会", on=TODAY)
        assert Approval.objects.get().version == version()
        call_command("approve_model", MODEL, withdraw="重新审查")
        assert asked_again() == ""
        with pytest.raises(CommandError):
            call_command("approve_model", MODEL, withdraw="再一次")

    def test_it_asks_for_what_an_approval_needs(self):
        with pytest.raises(CommandError, match="--number"):
            call_command("approve_model", MODEL)
