"""Faults of whoever writes into the ledger; no person meets them."""


class Unbalanced(ValueError):
    """The legs of an entry do not sum to zero, or there are fewer than two."""


class EntryKeyReused(ValueError):
    """The same key with other legs: two facts under one name."""
