"""The indexes of matters and reporters: each reference has one, none does what another does (decision 0030)."""

import pytest
from django.db import connection
from django.db.models import Model

from linli.cases.models import Case, Reporter

pytestmark = pytest.mark.django_db


both = pytest.mark.parametrize("model", [Case, Reporter])


def indexes(model: type[Model]) -> dict[str, tuple[list[str], bool]]:
    """The columns of each index, and whether it has another purpose: no value twice, or only some rows."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, model._meta.db_table)
    partial = {item.name for item in model._meta.indexes if item.condition is not None}
    return {name: (item["columns"], item["unique"] or name in partial) for name, item in found.items() if item["index"]}


@both
def test_no_index_is_the_beginning_of_another(model: type[Model]) -> None:
    held = indexes(model)
    for name, (columns, special) in held.items():
        for other, (more, _special) in held.items():
            assert special or name == other or more[: len(columns)] != columns, (name, other)


@both
def test_every_reference_begins_an_index(model: type[Model]) -> None:
    references = {item.column for item in model._meta.concrete_fields if item.is_relation}
    assert references <= {columns[0] for columns, _special in indexes(model).values()}
