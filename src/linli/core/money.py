"""Sums of money: whole fen inside, yuan with two places outside. Never floats. Pure."""

from decimal import Decimal
from typing import Final

FEN: Final = Decimal(100)
# A hundred thousand million yuan: more is a slip of the hand.
MOST_FEN: Final = 10**13


def yuan(fen: int | None) -> str:
    """A sum as people write it, `1,234.50`; empty where there is none."""
    return "" if fen is None else f"{Decimal(fen) / FEN:,.2f}"


def fen_of(amount: Decimal) -> int | None:
    """The whole fen of a sum in yuan; None where it has parts of a fen or is out of all bounds."""
    if not amount.is_finite():
        return None
    fen = amount * FEN
    return int(fen) if fen == fen.to_integral_value() and abs(fen) <= MOST_FEN else None
