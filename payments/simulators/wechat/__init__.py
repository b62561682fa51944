"""A stand-in for WeChat Pay v3 over HTTP: its wire protocol, pages, notifications, and faults on command.

It follows our reading of WeChat's documentation; that our gateway agrees with it does not prove that it agrees with
the real one. It knows nothing of Django or of the gateway's code.
"""
