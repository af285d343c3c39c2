"""Workbooks as sheets: xlsx, xls and ods, with the sheets' own row and column numbers.

A package is looked through before it is read (packages.py); a formula stands for its value.
"""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from linli.core.errors import InvalidInput
from linli.records.ledgers import cutting, packages
from linli.records.ledgers.sheets import Sheet

ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
Errors = dict[tuple[int, int], str]


def read(path: Path, name: str, most: int = 0) -> list[Sheet]:
    """Every worksheet of a workbook; sheets that hold only a chart are left out.

    Of a large one no more than `most` rows of each sheet, where that is enough.
    Raises InvalidInput: file.not_a_workbook, file.password, file.too_large.
    """
    package = packages.Package()
    with path.open("rb") as stream:
        packed = stream.read(2) == b"PK"
    if packed:
        package = packages.inspect(path, name)
    elif ENCRYPTED in path.read_bytes():
        raise _locked(name)
    try:
        if most and package.size > packages.SMALL and package.parts:
            return _first(path, name, package, most)
        return _sheets(path, package.errors)
    except PasswordError as error:
        raise _locked(name) from error
    except Exception as error:
        raise _unreadable(name, error) from error
    except BaseException as error:
        # The reader is compiled: where it gives up on a broken file, that is no Exception in Python.
        if type(error).__name__ != "PanicException":
            raise
        raise _unreadable(name, error) from error


def _first(path: Path, name: str, package: packages.Package, most: int) -> list[Sheet]:
    with cutting.first_rows(path, name, package.parts, most) as cut:
        sheets = _sheets(cut.path, package.errors)
        for sheet in sheets:
            sheet.beyond = package.sheets.get(sheet.name, "") in cut.beyond
        return sheets


def _locked(name: str) -> InvalidInput:
    return InvalidInput("file.password", _("%(name)s has a password; save it without one."), name=name)


def _unreadable(name: str, error: BaseException) -> InvalidInput:
    return InvalidInput(
        "file.not_a_workbook",
        _("%(name)s cannot be opened as a workbook; open it, save it as .xlsx and send it again. (%(reason)s)"),
        name=name,
        reason=str(error)[:200],
    )


def _sheets(path: Path, errors: dict[str, Errors]) -> list[Sheet]:
    with CalamineWorkbook.from_path(str(path)) as book:
        return [
            _sheet(
                book.get_sheet_by_name(item.name), item.visible != SheetVisibleEnum.Visible, errors.get(item.name, {})
            )
            for item in book.sheets_metadata
            if item.typ in (SheetTypeEnum.WorkSheet, SheetTypeEnum.MacroSheet)
        ]


def _sheet(sheet: CalamineSheet, hidden: bool, errors: Errors) -> Sheet:
    """The rows from the first that holds anything; columns from the sheet's first."""
    top, left = sheet.start or (0, 0)
    pad: list[Any] = [None] * left
    rows = [(top + number, [*pad, *row]) for number, row in enumerate(sheet.to_python(), start=1)]
    for (number, column), shown in errors.items():
        if 0 <= number - top - 1 < len(rows) and column < len(rows[number - top - 1][1]):
            rows[number - top - 1][1][column] = shown
    merges = [(first[0] + 1, first[1], last[0] + 1, last[1]) for first, last in sheet.merged_cell_ranges or []]
    return Sheet(sheet.name, rows, merges, hidden)
