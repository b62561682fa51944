"""Pages of the cashier and the door for gateways' messages."""
