"""The indexes of matters: each reference has one, and none does what another does (decision 0030)."""

import pytest
from django.db import connection

from linli.cases.models import Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def indexes() -> dict[str, tuple[list[str], bool]]:
    """The columns of each index of matters, and whether it has another purpose: no value twice, or only some rows."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, Case._meta.db_table)
    partial = {item.name for item in Case._meta.indexes if item.condition is not None}
    return {name: (item["columns"], item["unique"] or name in partial) for name, item in found.items() if item["index"]}


def test_no_index_is_the_beginning_of_another(indexes: dict[str, tuple[list[str], bool]]) -> None:
    for name, (columns, special) in indexes.items():
        for other, (more, _special) in indexes.items():
            assert special or name == other or more[: len(columns)] != columns, (name, other)


def test_every_reference_begins_an_index(indexes: dict[str, tuple[list[str], bool]]) -> None:
    references = {item.column for item in Case._meta.concrete_fields if item.is_relation}
    assert references <= {columns[0] for columns, _special in indexes.values()}
