"""What others do when a period of a plan begins or is over. Sent inside the transaction that says so, each once per cycle.

`cycle_opened(subscription, cycle)`: the trial's too (then `cycle.amount_fen` is 0); `cycle.sessions` sessions, each worth
`cycle.session_unit_fen`, may be used until `cycle.period_ends_at`.
`cycle_ended(subscription, cycle)`: what was not used by then is gone.
"""

from django.dispatch import Signal

cycle_opened = Signal()
cycle_ended = Signal()
