"""Two checks at the same moment make one alert, one work item and one message."""

import threading

import pytest
from django.db import connection

from linli.accountability.models import Alert
from linli.accountability.operations.alerts import alerts_check
from linli.accountability.tests.test_alerts import DAY, RULE, late, told, with_rules
from linli.accounts.neighbourhood import Cast, neighbourhood
from linli.core.models import WorkItem
from linli.core.testing.fixtures import OwnDatabase


@pytest.fixture
def cast_committed(own_database: OwnDatabase) -> Cast:
    cast = neighbourhood()
    with_rules(RULE)
    late(cast.places["community"], 3)
    return cast


def test_two_checks_at_once_make_one_alert(cast_committed: Cast) -> None:
    barrier, raised = threading.Barrier(2), list[int]()

    def run() -> None:
        try:
            barrier.wait()
            raised.append(alerts_check(at=DAY).raised)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(raised) == [0, 1]
    assert (Alert.objects.count(), WorkItem.objects.filter(kind="alert.answer").count(), told()) == (1, 1, 1)
