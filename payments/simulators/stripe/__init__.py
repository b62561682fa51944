"""A stand-in for Stripe over HTTP: its API of one version, its pay page, webhooks, and faults on command.

It follows our reading of Stripe's documentation; that our gateway agrees with it does not prove that it agrees with the
real one. It knows nothing of Django, of Stripe's SDK or of the gateway's code.
"""
