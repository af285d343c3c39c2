"""What rows are about whom: a model says which of its rows are somebody's, and what of them their owner gets.

Whoever asks for everything that is kept of them gets it from here (Personal Information Protection Law, article 45).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Owned:
    """The rows of a model that are somebody's: by which field they lead to an account or a person, the names of the
    fields that their owner gets, and which rows where it is not all of them."""

    by: str
    fields: str
    only: Mapping[str, Any] = field(default_factory=dict)
