"""While the house is loaded, the collector rests; afterwards it works as before."""

import gc

import pytest

from linli.core.loading import loading


def test_the_collector_rests_and_comes_back() -> None:
    with loading():
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ImportError), loading():
        raise ImportError
    assert gc.isenabled()
