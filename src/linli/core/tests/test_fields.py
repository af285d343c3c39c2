"""The encrypted field: ciphertext in the table, text in Python, and no look-up but for null."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import FieldError
from django.db import connection, models
from django.test.utils import isolate_apps
from pytest_django import Settings

from linli.core.fields import EncryptedTextField
from linli.core.testing.databases import make_temporary_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(tmp_path: Path, settings: Settings) -> Iterator[type[models.Model]]:
    settings.DATA = tmp_path
    with isolate_apps("linli.core"):

        class Letter(models.Model):
            phone = EncryptedTextField(context="letter.phone")
            address = EncryptedTextField()

            class Meta:
                app_label = "core"

        make_temporary_table(Letter)
        yield Letter


def stored(model: type[models.Model]) -> list[bytes | None]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT phone FROM {model._meta.db_table} ORDER BY id")
        return [None if row[0] is None else bytes(row[0]) for row in cursor.fetchall()]


def test_the_table_holds_ciphertext_and_python_the_text(letter: type[models.Model]) -> None:
    row = letter._default_manager.create(phone="10012345678")
    (sealed,) = stored(letter)
    assert sealed is not None
    assert b"10012345678" not in sealed
    assert letter._default_manager.values_list("phone", flat=True)[0] == "10012345678"
    letter._default_manager.filter(pk=row.pk).update(phone="10087654321")
    row.refresh_from_db()
    assert getattr(row, "phone") == "10087654321"  # noqa: B009
    letter._default_manager.bulk_update([row], ["phone"])
    assert letter._default_manager.values_list("phone", flat=True)[0] == "10087654321"


def test_empty_is_null_and_null_is_all_that_can_be_asked(letter: type[models.Model]) -> None:
    rows = letter._default_manager
    rows.bulk_create([letter(phone=""), letter(phone=None), letter(phone="10012345678")])
    assert [value is None for value in stored(letter)] == [True, True, False]
    assert rows.filter(phone__isnull=True).count() == 2
    for lookup in ("phone", "phone__exact", "phone__in", "phone__contains", "phone__gt"):
        with pytest.raises(FieldError):
            rows.filter(**{lookup: ["10012345678"]})


def test_without_a_context_the_column_is_the_context(letter: type[models.Model]) -> None:
    field = letter._meta.get_field("address")
    assert isinstance(field, EncryptedTextField)
    assert field.context == "core.letter.address"
    assert field.deconstruct()[3]["context"] == "core.letter.address"


def test_the_field_migrates_with_its_context() -> None:
    field = EncryptedTextField(context="letter.phone")
    _name, path, args, kwargs = field.deconstruct()
    assert path == "linli.core.fields.EncryptedTextField"
    assert EncryptedTextField(*args, **kwargs).context == "letter.phone"
