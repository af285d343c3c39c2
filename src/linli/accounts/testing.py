"""The fixture `cast`: the named neighbourhood, in the transaction of a test. The root conftest.py brings it along."""

import pytest

from linli.accounts.neighbourhood import PASSWORD, Cast, neighbourhood
from linli.core.testing.keeping import kept

__all__ = ["PASSWORD", "Cast", "cast"]


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody, in a transaction that ends with the test."""
    return kept(neighbourhood)
