"""The end of the address by which whoever subscribed by e-mail finds their subscription; nothing of it is stored."""

from typing import Final

from django.core import signing
from django.urls import reverse

from linli.core.errors import NotFound

SALT: Final = "notices.subscription"


def token_of(subscription_id: int) -> str:
    """The token of a subscription."""
    return signing.Signer(salt=SALT).sign(str(subscription_id))


def subscription_of(token: str) -> int:
    """The subscription that a token names. Raises: not_found"""
    try:
        return int(signing.Signer(salt=SALT).unsign(token))
    except signing.BadSignature as error:
        raise NotFound from error


def opt_out_of(home: str, subscription_id: int) -> str:
    """The page where a subscription is confirmed and ended, in full."""
    return f"{home}{reverse('public_notices:mine', args=[token_of(subscription_id)])}"
