"""What the house asks of every file and no linter checks: sizes, opening words, imports inside functions.

Floors and rooms are held by import-linter (pyproject.toml).
"""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "linli"
LONGEST_FILE = 500
LONGEST_FUNCTION = 70
STRAY = {"utils", "helpers", "misc", "common", "tools"}
FILES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
FORMS = SOURCE / "core" / "forms.py"


def test_files_are_as_the_house_wants_them() -> None:
    assert [fault for path in FILES for fault in faults(path)] == []


def faults(path: Path) -> Iterator[str]:
    """What the house does not want in a file."""
    text, name = path.read_text("utf-8"), path.relative_to(SOURCE)
    tree = ast.parse(text)
    if path.stem in STRAY:
        yield f"{name} says nothing; put the thing where it belongs"
    if len(text.splitlines()) > LONGEST_FILE:
        yield f"{name} has {len(text.splitlines())} lines"
    if text.strip() and not ast.get_docstring(tree):
        yield f"{name} does not open with what lives in it"
    for function in functions(tree):
        length = (function.end_lineno or function.lineno) - function.lineno + 1
        if length > LONGEST_FUNCTION:
            yield f"{name}: {function.name} has {length} lines"
        # Django has no models before ready(); what an app registers there cannot be imported earlier.
        if path.name != "apps.py" and (own := [item for item in imported(function) if item.split(".")[0] == "linli"]):
            yield f"{name}: {function.name} imports {own}, which belongs at the top"


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function in a file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def imported(function: ast.AST) -> Iterator[str]:
    """The modules that are imported within a function."""
    for node in ast.walk(function):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


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


def test_the_state_of_a_matter_is_said_in_the_words_of_the_place() -> None:
    # Its states are data of the profile: Django knows no choices of it, and would show nothing.
    asking = [path.name for path in SOURCE.rglob("*.html") if "case.get_state_display" in path.read_text("utf-8")]
    assert asking == []
