"""What WeChat's calls and messages can suffer."""

#: `lost_answer` and `garbage` carry the call out; `http_500`, `system_error` and `frequency` do not.
CALL_FAULTS = frozenset(
    "http_500 lost_answer system_error frequency garbage wrong_signature unsigned old_answer wrong_amount"
    " foreign_mch foreign_app slow".split()
)
#: `reorder` keeps a message back until the next one has been handed over; `probe` is WeChat's own test of our check.
NOTIFY_FAULTS = frozenset(
    "drop duplicate delay reorder wrong_signature wrong_key stale probe wrong_amount foreign_mch foreign_app".split()
)
