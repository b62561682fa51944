"""What Stripe's calls and messages can suffer.

A call's fault waits under the call's name (`sessions.create`), a message's under `notify` or its type
(`checkout.session.completed`).
"""

#: Not carried out: `http_500` (kept under the key), `http_503`, `rate_limit`, `conflict`. Carried out, but the answer is
#: lost (`lost_answer`, `garbage`) or is a failure that the key repeats (`http_500_done`). The rest spoil the answer.
_CALL_FAULTS = frozenset(
    "http_500 http_500_done http_503 lost_answer garbage rate_limit conflict slow wrong_amount wrong_currency live "
    "pending".split()
)
NOTIFY_FAULTS = frozenset(
    "drop duplicate delay reorder wrong_signature tampered old rotated live foreign_account".split()
)
#: A message of one type waits under a name of its own, beside the calls.
CALL_FAULTS = _CALL_FAULTS | NOTIFY_FAULTS
