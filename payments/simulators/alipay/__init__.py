"""A stand-in for Alipay over HTTP: its wire protocol, a cashier, notifications, and faults on command.

It follows our reading of Alipay's documentation; that our gateway agrees with it does not prove that
it agrees with the real one. It knows nothing of Django or of the gateway's code.
"""
