"""How fast payments are settled: `make bench-pay`.

The same payments two ways, in turns and in the same run, each by two processes: `settle_payment` with the gateway's answer
given in process, and its reads under lock and its writes as nine statements with psycopg alone, prepared, in one transaction.
Both write the same rows: of the order, the attempt, the intent and the ledger, behind the same constraints and triggers. The
database's own count of rows inserted and updated, table by table, is compared (`same_writes`). The buyers pay themselves and
nobody was asked to pay for them, so no other room writes anything. PostgreSQL runs with fsync on. The last line is JSON;
`ratio_to_sql` is services over statements.

SIZE is the number of payments each way settles (2,000). SEED makes their order repeatable.
"""

import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from . import ground
from .racing import Tally, race, rounds

SIZE = int(os.environ.get("SIZE", "2000"))
SEED = int(os.environ.get("SEED", "20261122"))
FEN = 36000
DATABASE = "bench_pay"


class Told:
    """A gateway whose answer is at hand: paid in full."""

    code = "alipay"

    def query(self, trade: Any) -> Any:
        from django.utils import timezone

        from payments.gateways.base import TradeStatus, Truth

        return Truth(TradeStatus.PAID, FEN, f"ref-{trade.out_trade_no}", timezone.now())


def plug_in() -> Any:
    """Put the shop and the gateway in their places; returns the shop."""
    from payments.gateways import registry
    from payments.payables import register_payable
    from payments.services import settling
    from tests.payments.money.stored_shop import StoredShop

    shop = StoredShop()
    register_payable(shop)
    registry.gateway_for.cache_clear()
    settling.gateway_for = lambda code: Told()
    return shop


def make_payments(shop: Any, count: int) -> list[str]:
    """So many orders with an attempt each that its company says is paid; returns their numbers."""
    from django.db import connection
    from django.utils import timezone

    from payments.enums import AttemptState, Client, Method
    from payments.models import PaymentAttempt, PaymentIntent
    from payments.numbers import new_trade_number
    from tests.factories import make_user

    buyer, soon = make_user(), timezone.now() + timedelta(hours=2)
    first = shop.count() + 1
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO proof_order (id, fen, slot, state) VALUES (%s, %s, %s, 'pending')",
            [(pk, FEN, pk) for pk in range(first, first + count)],
        )
    intents = PaymentIntent.objects.bulk_create(
        PaymentIntent(
            payable_kind=shop.kind, payable_id=pk, amount_fen=FEN, buyer=buyer, expires_at=soon, next_check_at=soon
        )
        for pk in range(first, first + count)
    )
    attempts = PaymentAttempt.objects.bulk_create(
        PaymentAttempt(
            intent=intent,
            payer=buyer,
            gateway="alipay",
            method=Method.QR,
            client=Client.DESKTOP,
            out_trade_no=new_trade_number(),
            amount_fen=FEN,
            payable_until=soon,
            next_check_at=soon,
            state=AttemptState.PENDING,
        )
        for intent in intents
    )
    return [attempt.out_trade_no for attempt in attempts]


def settle_with_services() -> Callable[[str], bool]:
    """Settling as the site does it."""
    from payments.enums import SettleResult
    from payments.services import settle_payment

    return lambda number: settle_payment(out_trade_no=number) == SettleResult.PAID


def settle_with_statements() -> Callable[[str], bool]:
    """The same reads under lock and writes, in one transaction, with psycopg alone."""
    import psycopg

    connection = psycopg.connect(os.environ["DATABASE_URL"])

    def settle(number: str) -> bool:
        with connection.transaction(), connection.cursor() as cursor:
            run = cursor.execute
            run(
                "SELECT a.id, a.intent_id, i.payable_id, i.payable_kind FROM payments_paymentattempt a"
                " JOIN payments_paymentintent i ON i.id = a.intent_id WHERE a.out_trade_no = %s",
                [number],
            )
            attempt, intent, payable, kind = cursor.fetchone() or (0, 0, 0, "")
            run(
                "SELECT id FROM proof_order WHERE slot = (SELECT slot FROM proof_order WHERE id = %s)"
                " ORDER BY id FOR UPDATE",
                [payable],
            )
            run("SELECT state FROM payments_paymentintent WHERE id = %s FOR UPDATE", [intent])
            run("SELECT state FROM payments_paymentattempt WHERE id = %s FOR UPDATE", [attempt])
            run(
                "UPDATE payments_paymentattempt SET state = 'succeeded', provider_ref = %s, paid_at = now(),"
                " captured_fen = amount_fen, next_check_at = NULL, last_checked_at = now()"
                " WHERE id = %s AND state IN ('created', 'pending', 'unknown', 'closed', 'failed')",
                [f"ref-{number}", attempt],
            )
            run(
                "INSERT INTO ledger_journalentry (key, kind, payable_kind, payable_id, occurred_at, posted_at)"
                " VALUES (%s, 'capture', %s, %s, now(), now()) RETURNING id",
                [f"capture:{number}", kind, payable],
            )
            (entry,) = cursor.fetchone() or (0,)
            run(
                "INSERT INTO ledger_leg (entry_id, account, owner, amount_fen)"
                " VALUES (%s, 'clearing', 'alipay', %s), (%s, 'orders', '', %s)",
                [entry, FEN, entry, -FEN],
            )
            run("UPDATE proof_order SET state = 'paid', accepted = accepted + 1 WHERE id = %s", [payable])
            run(
                "UPDATE payments_paymentintent SET state = 'paid', paid_at = now(), settled_by_id = %s,"
                " next_check_at = NULL WHERE id = %s AND state IN ('open', 'expired', 'cancelled')",
                [attempt, intent],
            )
            return cursor.rowcount == 1

    return settle


WAYS: dict[str, Callable[[], Callable[[str], bool]]] = {
    "sql": settle_with_statements,
    "service": settle_with_services,
}


def measure() -> dict[str, Any]:
    """Settle both ways in turns and return the figures."""
    from django.db import connection

    shop = plug_in()
    dice = random.Random(SEED)
    lanes: dict[str, Sequence[Sequence[str]]] = {}
    for way in WAYS:
        numbers = make_payments(shop, SIZE)
        dice.shuffle(numbers)
        lanes[way] = rounds(numbers)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    tallies = {way: Tally() for way in WAYS}
    writes: dict[str, Counter[str]] = {way: Counter() for way in WAYS}
    for turn in range(len(lanes["sql"])):
        for way, settle in WAYS.items():
            before = _rows_written()
            race(settle, lanes[way][turn], tallies[way])
            writes[way] += _rows_written() - before
        said = ", ".join(f"{way} {tally.per_second}/s" for way, tally in tallies.items())
        print(f"round {turn + 1} of {len(lanes['sql'])}: {said}", flush=True)
    return {
        "payments": SIZE,
        "sql_per_s": tallies["sql"].per_second,
        "service_per_s": tallies["service"].per_second,
        "ratio_to_sql": round(tallies["service"].per_second / tallies["sql"].per_second, 3),
        "rows_written_per_payment": {table: round(rows / SIZE, 3) for table, rows in sorted(writes["service"].items())},
        "same_writes": writes["sql"] == writes["service"],
        "settled": {way: tally.sold for way, tally in tallies.items()},
        **_proof(shop),
        "seed": SEED,
    }


def _rows_written() -> Counter[str]:
    """How many rows were ever inserted, updated and deleted in each table, once everybody else has left and told."""
    from django.db import connection

    with connection.cursor() as cursor:
        for _ in range(500):
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"
            )
            if cursor.fetchone() == (1,):
                break
            time.sleep(0.01)
        else:
            sys.exit("a worker's connection stays open")
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT relname, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_user_tables")
        rows = cursor.fetchall()
    return Counter(
        {f"{table} {act}": n for table, *acts in rows for act, n in zip(("ins", "upd", "del"), acts, strict=True) if n}
    )


def _proof(shop: Any) -> dict[str, Any]:
    """Both ways left the same: every order paid once, every fen booked; and a payment taken out is missed."""
    from django.db import connection, transaction

    from payments.ledger.enums import AccountKind
    from payments.ledger.selectors import balance_fen

    def missing_fen() -> int:
        return 2 * SIZE * FEN - balance_fen(AccountKind.CLEARING, "alipay")

    found = missing_fen()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL xinqiao.ledger_retention = 'on'")
        cursor.execute("DELETE FROM ledger_leg WHERE entry_id = (SELECT min(id) FROM ledger_journalentry)")
        planted = missing_fen() - found == FEN
        transaction.set_rollback(True)
    return {"missing_fen": found, "accepted_twice": shop.most_often_accepted() - 1, "planted_gap_found": planted}


def main() -> None:
    """Measure on a fresh database and print the figures as one line of JSON."""
    ground.prepare(DATABASE)
    try:
        figures = measure()
    finally:
        ground.leave()
    print(json.dumps(figures))
    found = figures["missing_fen"] or figures["accepted_twice"]
    if found or not figures["planted_gap_found"] or not figures["same_writes"]:
        sys.exit(1)


if __name__ == "__main__":
    main()
