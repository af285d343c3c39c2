"""Every sentence of the interface has its Chinese, and the compiled catalogue is the one that is committed as text."""

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parents[1] / "src" / "linli"
CATALOGUE = SOURCE / "locale" / "zh_Hans" / "LC_MESSAGES"
PLAIN = {"_", "gettext", "gettext_lazy"}
PLURAL = {"ngettext", "ngettext_lazy"}
IN_CONTEXT = {"pgettext", "pgettext_lazy"}
# What templatize makes of the tags of a template: calls with one text each, or two.
TEXT = r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALLED = re.compile(rf"\b(_|gettext|ngettext|pgettext)\(\s*{TEXT}(?:,\s*{TEXT})?")
# The name of a language is written in that language.
SAME = {"English"}
FILES = sorted(
    path
    for path in SOURCE.rglob("*")
    if path.suffix in {".py", ".html", ".txt"} and not {"tests", "migrations", "build"} & set(path.parts)
)


def spoken(path: Path) -> Iterator[tuple[str, bool]]:
    """The English sentences in a file, as catalogues key them: after its context; and whether it has a plural."""
    for name, given in _called(path):
        if name in IN_CONTEXT:
            yield "\x04".join(given[:2]), False
        elif name in PLAIN | PLURAL and given:
            yield given[0], name in PLURAL


def _called(path: Path) -> Iterator[tuple[str, list[str]]]:
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        for name, *given in CALLED.findall(templatize(text)):
            yield name, [ast.literal_eval(item) for item in given if item]
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            yield name, [str(arg.value) for arg in node.args if isinstance(arg, ast.Constant)]


@pytest.fixture(scope="module")
def catalogue() -> gettext.GNUTranslations:
    """The compiled catalogue."""
    with (CATALOGUE / "django.mo").open("rb") as stream:
        return gettext.GNUTranslations(stream)


def test_every_sentence_has_its_chinese(catalogue: gettext.GNUTranslations) -> None:
    found = {sentence: path.name for path in FILES for sentence in spoken(path) if sentence[0].strip()}
    missing = {item: name for item, name in found.items() if item[0] not in SAME and not _said(catalogue, *item)}
    assert len(found) > 900
    assert missing == {}


def _said(catalogue: gettext.GNUTranslations, text: str, plural: bool) -> bool:
    return catalogue.ngettext(text, "", 2) != "" if plural else catalogue.gettext(text) != text


def test_the_compiled_catalogue_is_the_committed_one(catalogue: gettext.GNUTranslations) -> None:
    text = (CATALOGUE / "django.po").read_text("utf-8")
    entries = re.findall(r'^(?:msgctxt (".*")\n)?msgid ((?:".*"\n)+)msgstr ((?:".*"\n?)+)', text, re.MULTILINE)
    # A word with a context is kept under both, as compiled catalogues have it.
    keyed = ((_join(context) + "\x04" if context else "", _join(key), _join(value)) for context, key, value in entries)
    joined = {context + key: value for context, key, value in keyed if key and value}
    assert {key for key, value in joined.items() if catalogue.gettext(key) != value} == set()


def _join(lines: str) -> str:
    return "".join(ast.literal_eval(line) for line in lines.strip().splitlines())
