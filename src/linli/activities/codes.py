"""The code by which one signs in on the spot: signed, of one activity, another every half minute."""

from typing import Final

from django.core.signing import BadSignature, Signer

from linli.core import clock

EVERY: Final = 30
# Whoever scanned a code has this many turns more to tap: a minute and a half in all.
TURNS: Final = 2
SALT: Final = "activities.sign_in"


def code_of(activity_id: int) -> str:
    """The code of this half minute."""
    return _signed(activity_id, _turn())


def is_code(activity_id: int, code: str) -> bool:
    """Whether a code is of this activity and of now, or of just before."""
    try:
        text = Signer(salt=SALT).unsign(code)
    except BadSignature:
        return False
    now = _turn()
    return text in {f"{activity_id}.{now - back}" for back in range(TURNS + 1)}


def _turn() -> int:
    return int(clock.now().timestamp()) // EVERY


def _signed(activity_id: int, turn: int) -> str:
    return Signer(salt=SALT).sign(f"{activity_id}.{turn}")
