"""The neighbourhood of the tests over every route, put back for each file of tests and taken away at its end."""

import logging
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker
from tests.world import World, build

from linli.core import clock, printing
from linli.core.testing.keeping import kept


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Everybody and their matters on a Tuesday at nine."""
    with django_db_blocker.unblock(), clock.frozen("2026-03-10T09:00"), pytest.MonkeyPatch.context() as patch:
        # Setting a page takes longer than everything that is tested here; what is printed can be read this way too.
        patch.setattr(printing, "pdf", lambda html: b"%PDF-" + html.encode())
        # Every refusal would be written down as a warning.
        logging.disable(logging.WARNING)
        with override_settings(SECOND_FACTOR_REQUIRED=False), transaction.atomic():
            yield kept(build)
            transaction.set_rollback(True)
        logging.disable(logging.NOTSET)
