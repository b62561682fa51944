"""How long it is kept: rules three years past their time, statements with all they hold, the last one always."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from payments.settlement.models import ClawBack, Earning, FeeVersion, Payout, PayoutAccount, Statement
from payments.settlement.retention import _CLASSES
from payments.settlement.selectors import balance_of
from payments.settlement.services import claw_back, draw_up_statement
from tests.payments.settlement.made import earned, last_month, make_account, make_fees, stated

pytestmark = pytest.mark.django_db
CLASSES = {each.key: each for each in _CLASSES}
YEAR = timedelta(days=365)


def erased(key: str) -> int:
    rows = CLASSES[key].erasable(timezone.now(), [])
    return CLASSES[key].erase(rows)


def test_rules_go_three_years_after_others_replaced_them():
    now = timezone.now()
    oldest, older, _current = (make_fees(valid_from=now - years * YEAR) for years in (6, 4, 1))
    assert erased("fee_rules") == 1
    assert not FeeVersion.objects.filter(pk=oldest.pk).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('xinqiao.ledger_retention', 'on', true)")
    with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
        FeeVersion.objects.filter(pk=older.pk)._raw_delete("default")


def test_rules_that_an_earning_followed_stay():
    now = timezone.now()
    oldest = make_fees(valid_from=now - 6 * YEAR)
    make_fees(valid_from=now - 4 * YEAR)
    earned(1_000, fees=oldest)
    assert erased("fee_rules") == 0


def test_statements_go_with_what_they_sum_up_and_the_balance_stays():
    payee = uuid4()
    first = earned(10_000, payee=payee)
    claw_back(source=("thing", first.source_id), key="r", paid_left_fen=4_000, now=last_month())
    old = draw_up_statement(payee=payee, period_on=last_month().date().replace(day=1))
    earned(3_000, payee=payee, at=timezone.now())
    new = draw_up_statement(payee=payee, period_on=timezone.localdate().replace(day=1))
    before = balance_of(payee)
    assert old.period_on < new.period_on
    assert erased("statements") == 0
    rows = Statement.objects.filter(pk=old.pk)
    assert CLASSES["statements"].erase(rows) == 1
    assert (Earning.objects.count(), ClawBack.objects.count(), Payout.objects.count()) == (1, 0, 0)
    assert balance_of(payee) == before
    assert not CLASSES["statements"].expired(timezone.now() + YEAR).exists()


def test_accounts_no_payout_went_to_go():
    payee = uuid4()
    make_account(payee)
    earned(50_000, payee=payee)
    stated(payee)
    assert erased("payout_accounts") == 0
    PayoutAccount.objects.update(stopped_at=timezone.now() - 4 * YEAR)
    assert erased("payout_accounts") == 1
