"""The doors of an account: the second step, devices and sessions, and attempts slowed down."""
