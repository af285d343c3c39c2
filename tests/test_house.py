"""What the house asks of every file and no linter checks: sizes, opening words, imports inside functions.

Floors and rooms are held by import-linter (pyproject.toml).
"""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "linli"
LONGEST_FILE = 500
LONGEST_FUNCTION = 70
STRAY = {"utils", "helpers", "misc", "common", "tools"}
FILES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
FORMS = SOURCE / "core" / "forms.py"
NAMES = [path.relative_to(SOURCE).as_posix() for path in FILES]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function in a file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_file_is_as_the_house_wants_it(path: Path) -> None:
    text = path.read_text("utf-8")
    assert path.stem not in STRAY, "such a name says nothing; put the thing where it belongs"
    assert len(text.splitlines()) <= LONGEST_FILE
    assert not text.strip() or ast.get_docstring(ast.parse(text)), "a module opens with what lives in it"
    for function in functions(path):
        length = (function.end_lineno or function.lineno) - function.lineno + 1
        assert length <= LONGEST_FUNCTION, f"{function.name} has {length} lines"


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_own_code_is_imported_at_the_top(path: Path) -> None:
    if path.name == "apps.py":
        # Django has no models before ready(); what an app registers there cannot be imported earlier.
        return
    for function in functions(path):
        for node in ast.walk(function):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            assert not [name for name in names if name.split(".")[0] == "linli"], f"{function.name} imports {names}"


def test_version_is_the_newest_in_the_changelog() -> None:
    first = next(line for line in (ROOT / "CHANGELOG.md").read_text("utf-8").splitlines() if line.startswith("## "))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert first.split()[1] == project["version"]


def test_there_is_something_to_look_at() -> None:
    assert len(FILES) > 50


def test_what_int_reads_is_asked_as_int_reads_it() -> None:
    # “²” is a digit, and int cannot read it; isdecimal says what it can.
    asking = [
        f"{path.name}: {line.strip()}"
        for path in FILES
        for line in path.read_text("utf-8").splitlines()
        if ".isdigit()" in line and "isascii" not in line
    ]
    assert asking == []


def test_what_people_send_is_read_in_one_place() -> None:
    # Numbers and days that come in forms and addresses are read by linli.core.forms alone, or by the fields of Django.
    reading = [
        f"{path}: {line.strip()}"
        for path in FILES
        if path.relative_to(SOURCE).with_suffix("").parts[1:2] in (("views",), ("forms",)) and path != FORMS
        for line in path.read_text("utf-8").splitlines()
        if any(reader in line for reader in (".isdecimal(", ".isdigit(", "date.fromisoformat("))
    ]
    assert reading == []
