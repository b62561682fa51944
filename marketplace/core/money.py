"""Money is integer fen; yuan appear only at the edges."""

from decimal import Decimal


def fen_from_yuan(amount: Decimal) -> int:
    """Return the fen of a yuan amount.

    Raises:
        ValueError: the amount has a fraction of a fen.
    """
    fen = amount * 100
    if fen != fen.to_integral_value():
        raise ValueError(f"{amount} yuan is not a whole number of fen")
    return int(fen)


def yuan_from_fen(fen: int) -> Decimal:
    """Return the yuan of an amount in fen, exact to two decimals."""
    return Decimal(fen).scaleb(-2).quantize(Decimal("0.01"))
