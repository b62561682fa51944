"""Pages: how the interface is used, keys, addresses and what was sent to them."""
