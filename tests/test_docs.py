"""What the documents say exists: addresses, commands, record types, tests, code names, settings, profile keys.

The documents are tables; each test reads one of them and asks the code.
"""

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module, metadata
from pathlib import Path
from typing import Any, get_args

import pytest
from django.core.management import get_commands
from django.urls import URLPattern, URLResolver, get_resolver

from linli.core.workflow import registered
from linli.organizations.abilities import abilities
from linli.organizations.sections import DEFAULTS
from linli.records.profiles import Part, sections
from linli.records.types import RecordType, record_types

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


RULES = rows("rules.md", 6)


def is_in_profile(path: str) -> bool:
    """Whether a profile has a section of this name with these keys below one another."""
    name, *keys = path.split(".")
    schema: Any = sections().get(name)
    for key in keys:
        field = getattr(schema, "model_fields", {}).get(key)
        if field is None:
            return False
        inner = [item for item in get_args(field.annotation) if isinstance(item, type) and issubclass(item, Part)]
        schema = inner[0] if inner else None
    return bool(keys)


@cache
def said_in(pattern: str, folder: Path) -> str:
    """All files of a kind below a folder in one."""
    return "\n".join(path.read_text("utf-8") for path in folder.rglob(pattern) if "tests" not in path.parts)


@pytest.mark.parametrize("row", RULES, ids=[row[0] for row in RULES])
def test_a_rule_is_kept_where_its_row_says(row: list[str]) -> None:
    refs, rule, keys, screens, happens, shown = row
    assert re.fullmatch(r"S\d-\d{3}((, | to )S\d-\d{3})*", refs)
    assert rule
    assert [key for key in codes(keys) if not is_in_profile(key)] == []
    assert not set(codes(screens)) - set(addresses(get_resolver()))
    written = said_in("alerts.yaml", ROOT / "profiles") + said_in("*.py", SOURCE)
    assert [code for code in codes(happens) if f"code: {code}\n" not in written and f'"{code}"' not in written] == []
    for reference in codes(shown):
        assert reference.partition("::")[2] in names_in(file_of(reference)), reference
    assert all(codes(cell) for cell in (keys, screens, happens, shown))


GLOSSARY = rows("glossary.md", 4)


def fixed_words(kind: RecordType, dimension: str) -> set[str]:
    """The codes that a dimension of a record type may have."""
    found = kind.dimension(dimension)
    return {code for code, _label in found.choices} if found else set()


def is_defined(path: str) -> bool:
    """Whether there is a module, class or function of this name below `linli`."""
    parts = path.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            thing: Any = import_module(".".join(["linli", *parts[:cut]]))
        except ModuleNotFoundError:
            continue
        for part in parts[cut:]:
            thing = getattr(thing, part, None)
        return thing is not None
    return False


def canonical(name: str) -> str:
    """A distribution's name as every index spells it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def is_in_code(name: str) -> bool:
    """Whether a code name of the glossary is one, in any of the four ways it says it may be written."""
    space, _colon, word = name.partition(":")
    if word:
        flow = registered().get(space)
        built_in = {kind.code for kind in DEFAULTS} if space == "post" else set()
        moves = {move.verb for move in flow.moves} | {state.code for state in flow.states} if flow else set()
        return word in built_in | moves
    whole, _equals, value = name.partition("=")
    kind, _dot, part = whole.partition(".")
    known = {item.code: item for item in record_types()}
    if value:
        return value in fixed_words(known[kind], part)
    if kind in known and part:
        one = known[kind]
        return part in {item.code for item in (*one.dimensions, *one.measures, *one.columns)}
    return name in known or name in abilities() or is_defined(name)


@pytest.mark.parametrize("row", GLOSSARY, ids=[row[1] for row in GLOSSARY])
def test_a_term_of_the_glossary_is_used_in_code(row: list[str]) -> None:
    chinese, english, names, meaning = row
    assert chinese
    assert english
    assert meaning
    assert codes(names)
    assert not [name for name in codes(names) if not is_in_code(name)]


def test_terms_are_explained_once() -> None:
    for column in (0, 1):
        terms = [row[column] for row in GLOSSARY]
        assert len(terms) == len(set(terms))


COMPONENTS = rows("components.md", 4)


def test_every_component_is_explained() -> None:
    told = [row[0] for row in COMPONENTS]
    required = re.findall(r"^([A-Za-z][\w.-]*)", (ROOT / "requirements.in").read_text("utf-8"), re.MULTILINE)
    bundled = json.loads((ROOT / "package.json").read_text("utf-8"))["devDependencies"]
    assert sorted(told) == sorted([*required, *bundled])


def test_a_component_that_nothing_imports_says_so() -> None:
    text = "\n".join(path.read_text("utf-8") for path in SOURCE.rglob("*.py") if "tests" not in path.parts)
    modules: dict[str, list[str]] = {}
    for module, distributions in metadata.packages_distributions().items():
        for distribution in distributions:
            modules.setdefault(canonical(distribution), []).append(module)
    for part, _licence, purpose, against in COMPONENTS:
        names = modules.get(canonical(part), [])
        used = any(re.search(rf"""(import|from) {name}\b|["']{name}[."']""", text) for name in names)
        assert used or not names or "not used yet" in purpose + against, f"nothing imports {part}"


def test_decisions_are_listed_in_order() -> None:
    folder = DOCS / "decisions"
    listed = re.findall(r"\[(\d{4}) [^]]+\]\((\d{4}-[a-z-]+\.md)\)", (folder / "README.md").read_text("utf-8"))
    assert [file for _number, file in listed] == sorted(path.name for path in folder.glob("0*.md"))
    for number, file in listed:
        text = (folder / file).read_text("utf-8")
        assert text.startswith(f"# {number} ")
        assert "\nStatus: " in text


def test_links_between_documents_lead_somewhere() -> None:
    for path in (*DOCS.rglob("*.md"), *ROOT.glob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"
