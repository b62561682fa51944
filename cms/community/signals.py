"""What happens to what people write."""

from django.dispatch import Signal

#: Sent inside the transaction for each text that was sent, for the first time or changed: `writing` (Post or Reply),
#: `text` (its words), `answer` (the gate's), `topic`.
writing_sent = Signal()
