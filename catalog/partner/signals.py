"""What organisations announce of their teams. Sent inside the transaction that made the change."""

from django.dispatch import Signal

#: Somebody gives no care here any more: they left, were removed, or do other work now; the organisation's row is locked.
#: Arguments: `partner`, `user`.
gives_no_care = Signal()
