"""Sums of money as the companies write them."""


def yuan(fen: int) -> str:
    """Fen as yuan with two decimals."""
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole}.{rest:02d}"
