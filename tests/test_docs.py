"""What the documents say exists: addresses, commands, record types, tests, code names, settings, profile keys.

The documents are tables; each test reads one of them and asks the code.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import URLPattern, URLResolver, get_resolver

from linli.records.types import record_types

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
SOURCE = ROOT / "src" / "linli"
CODE = re.compile(r"`([^`]+)`")


def rows(name: str, columns: int) -> list[list[str]]:
    """The rows of every table in a document, without headings; a row of another width is a fault of the document."""
    lines = [line for line in (DOCS / name).read_text("utf-8").splitlines() if line.startswith("|")]
    found = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert not [row for row in found if len(row) != columns], f"{name}: a row has not {columns} columns"
    below = [set(row[0]) == {"-"} for row in found]
    return [row for number, row in enumerate(found) if not below[number] and not any(below[number + 1 : number + 2])]


def codes(cell: str) -> list[str]:
    """What stands in backticks."""
    return CODE.findall(cell)


def addresses(resolver: URLResolver, space: str = "") -> Iterator[str]:
    """The name of every address, with its namespace."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{space}{pattern.name}"


@cache
def names_in(path: Path) -> frozenset[str]:
    """The names of the tests in a file."""
    tree = ast.parse(path.read_text("utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def file_of(reference: str) -> Path:
    """The file of `file::name`, below the source or the root."""
    name = reference.partition("::")[0]
    return SOURCE / name if (SOURCE / name).exists() else ROOT / name


FEATURES = rows("features.md", 6)


def test_features_are_told_once() -> None:
    ids = [row[0] for row in FEATURES]
    assert len(ids) == len(set(ids))
    assert len(ids) > 40


@pytest.mark.parametrize("row", FEATURES, ids=[row[0] for row in FEATURES])
def test_a_feature_is_what_its_row_says(row: list[str]) -> None:
    _code, feature, screens, types, shown, there = row
    assert feature
    known = set(addresses(get_resolver()))
    commands = {f"linli {name}" for name in get_commands()}
    assert not set(codes(screens)) - known - commands
    assert not set(codes(types)) - {kind.code for kind in record_types()}
    for reference in codes(shown):
        assert reference.partition("::")[2] in names_in(file_of(reference)), reference
    assert re.match(r"(yes$|partly: |not yet|alternative: )", there)
    assert there.startswith("not yet") or (codes(screens) and codes(types) and codes(shown)), "nothing shows it"
