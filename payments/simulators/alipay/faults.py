"""What Alipay's calls and messages can suffer."""

#: `lost_answer` carries the call out and answers with an error page.
CALL_FAULTS = frozenset(
    "http_500 lost_answer system_error wrong_signature garbage wrong_amount foreign_seller slow".split()
)
NOTIFY_FAULTS = frozenset("drop duplicate delay wrong_signature wrong_amount foreign_app foreign_seller".split())
