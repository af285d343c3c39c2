"""Facts that accounts announce, in the same transaction; receivers on higher floors listen."""

from typing import Final

from django.dispatch import Signal

# An account was closed by its owner (`user_id`): whoever keeps personal data of the account's forgets it now.
account_closed: Final = Signal()
