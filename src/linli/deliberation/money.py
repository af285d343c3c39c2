"""Sums of money, as all apps write them."""

from linli.core.money import FEN, MOST_FEN, fen_of, yuan

__all__ = ["FEN", "MOST_FEN", "fen_of", "yuan"]
