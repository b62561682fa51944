"""What Alipay's calls, messages and acts can suffer."""

#: `lost_answer` carries the call out and answers with an error page. The last three lines are suffered by what a call
#: does: `debit` (no_money, frozen, pending), `transfer` (no_funds, fails_later, waits, comes_back) and `bill` (late,
#: lacks_line, wrong_line).
CALL_FAULTS = frozenset(
    """
    http_500 lost_answer system_error wrong_signature garbage wrong_amount foreign_seller slow
    no_money frozen pending
    no_funds fails_later waits comes_back
    late lacks_line wrong_line
    """.split()
)
NOTIFY_FAULTS = frozenset("drop duplicate delay wrong_signature wrong_amount foreign_app foreign_seller".split())
