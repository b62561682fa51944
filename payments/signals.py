"""What payments announce. Sent inside the transaction that makes it true; a receiver that fails rolls it back.

Receivers hold the payable's and the intent's locks already, and take only what stands below an intent.
"""

from django.dispatch import Signal

#: Money was accepted for an intent. Arguments: `intent`, `attempt` (whose money it is).
intent_paid = Signal()
#: Nobody paid an intent in time, or it was given up. Arguments: `intent`, `state` (IntentState: expired or cancelled),
#: `because` (the word `cancel_intent` was given, else "").
intent_ended = Signal()
#: Money of an attempt is asked back. Arguments: `refund`. Locked: the intent and the attempt.
refund_asked = Signal()
#: Money is back with whoever paid. Arguments: `intent`, `refund`.
refund_arrived = Signal()
