"""Rows by COPY: values as `save` would send them, defaults, ids of one's own or the database's."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.test.utils import isolate_apps
from django.utils.translation import gettext_lazy as _

from linli.core.bulk import change, copy_in, copy_rows, defaults, insert
from linli.core.testing.databases import make_temporary_table

pytestmark = pytest.mark.django_db


class Kind(models.TextChoices):
    OPEN = "open", "open"


@pytest.fixture
def sheet() -> Iterator[Any]:
    with isolate_apps("linli.core"):

        class Sheet(models.Model):
            id = models.BigAutoField(primary_key=True)
            name = models.CharField(max_length=20, default="-")
            kind = models.CharField(max_length=8, blank=True)
            day = models.DateField(null=True)
            key = models.BinaryField(null=True)
            extra = models.JSONField(default=dict)
            found = SearchVectorField(null=True)

            class Meta:
                app_label = "core"

        make_temporary_table(Sheet)
        yield Sheet


def test_values_arrive_as_save_would_send_them(sheet: Any) -> None:
    plain = {
        "name": "幸福里\t\\N",
        "day": date(2026, 1, 2),
        "key": b"\x00\xff",
        "extra": {"一": ["\n"]},
        "found": "'里':1",
    }
    odd = {"name": _("matter"), "kind": Kind.OPEN, "day": "2026-01-03", "extra": "text"}
    copy_rows(sheet, [defaults(sheet) | {"id": 7} | plain, defaults(sheet) | {"id": 8} | odd])
    first, second = sheet.objects.order_by("id")
    assert {name: getattr(first, name) for name in plain} == plain | {"key": first.key}
    assert (bytes(first.key), first.kind) == (b"\x00\xff", "")
    sent = sheet.objects.create(**odd)
    sent.refresh_from_db()
    assert all(
        getattr(second, name) == getattr(sent, name) for name in ("name", "kind", "day", "extra", "key", "found")
    )


def test_a_row_must_speak_of_every_column(sheet: Any) -> None:
    with pytest.raises(KeyError):
        copy_rows(sheet, [{"id": 1, "name": "一"}])


def test_ids_come_from_the_table_where_none_are_given(sheet: Any) -> None:
    whole = defaults(sheet)
    del whole["id"]
    copy_rows(sheet, (whole for _row in range(2)), with_id=False)
    assert list(sheet.objects.order_by("id").values_list("id", "name")) == [(1, "-"), (2, "-")]


def test_models_are_copied_with_their_ids(sheet: Any) -> None:
    copy_in([])
    copy_in([sheet(id=pk, name="甲") for pk in (3, 4)])
    assert list(sheet.objects.order_by("id").values_list("id", "name", "extra")) == [(3, "甲", {}), (4, "甲", {})]


def test_a_column_that_only_some_rows_fill_is_sent_for_all(sheet: Any) -> None:
    insert([sheet(name="甲", day=date(2026, 1, 2)), sheet(name="乙")], [sheet(id=9, key=b"\x01")], [])
    rows = list(sheet.objects.order_by("id").values_list("id", "name", "day", "extra", "key"))
    assert [row[:4] for row in rows] == [
        (1, "甲", date(2026, 1, 2), {}),
        (2, "乙", None, {}),
        (9, "-", None, {}),
    ]
    assert bytes(rows[2][4]) == b"\x01"


@pytest.mark.parametrize("count", [0, 1, 60])
def test_rows_are_changed_in_the_fields_that_are_named(sheet: Any, count: int) -> None:
    """What is named is written, whatever its type, and no other field or row."""
    copy_in([sheet(id=pk, name=f"甲{pk}", kind="old") for pk in range(61)])
    rows = list(sheet.objects.order_by("id")[:count])
    for row in rows:
        row.name, row.day, row.key, row.extra = f"乙\t{row.pk}", date(2026, 1, 2), b"\x01", {"a": ["\\N", None]}
        row.kind = "unnamed"
    change(sheet, rows, ["name", "day", "key", "extra"])
    change(sheet, rows, ["day"])
    found = list(sheet.objects.order_by("id"))
    assert len(found) == 61
    for row in found[:count]:
        assert (row.name, row.day, bytes(row.key)) == (f"乙\t{row.pk}", date(2026, 1, 2), b"\x01")
        assert (row.extra, row.kind) == ({"a": ["\\N", None]}, "old")
    assert {(row.name[0], row.day, row.key, row.kind) for row in found[count:]} == {("甲", None, None, "old")}


def test_a_field_is_emptied_and_one_row_may_be_named_twice(sheet: Any) -> None:
    copy_in([sheet(id=pk, day=date(2026, 1, 2)) for pk in range(9)])
    rows = list(sheet.objects.all())
    for row in rows:
        row.day = None
    change(sheet, [*rows, *rows], ["day"])
    assert set(sheet.objects.values_list("day", flat=True)) == {None}
