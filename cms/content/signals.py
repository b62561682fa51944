from django.dispatch import Signal

#: A professional pressed "approve": keywords `revision`, `approved_by`. Sent before the wording is published, inside the
#: transaction; the one receiver refuses who may not review.
wording_approved = Signal()
