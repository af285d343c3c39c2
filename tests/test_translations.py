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
CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
CALLS_IN_CONTEXT = {"pgettext", "pgettext_lazy"}
# What templatize makes of the tags of a template: calls with one text each.
CALLED = re.compile(r"\b(?:_|gettext|ngettext)\((?:u?)('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")")
# The name of a language is written in that language.
SAME = {"English"}
FILES = sorted(
    path
    for path in SOURCE.rglob("*")
    if path.suffix in {".py", ".html", ".txt"} and not {"tests", "migrations", "build"} & set(path.parts)
)


def spoken(path: Path) -> Iterator[str]:
    """The English sentences in a file; one with a context as catalogues key it."""
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        yield from (ast.literal_eval(found) for found in CALLED.findall(templatize(text)))
        return
    for node in ast.walk(ast.parse(text)):
        name = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
        given = [arg.value for arg in node.args if isinstance(arg, ast.Constant)] if isinstance(node, ast.Call) else []
        if name in CALLS and given:
            yield str(given[0])
        elif name in CALLS_IN_CONTEXT and len(given) == 2:
            yield f"{given[0]}\x04{given[1]}"


@pytest.fixture(scope="module")
def catalogue() -> gettext.GNUTranslations:
    """The compiled catalogue."""
    with (CATALOGUE / "django.mo").open("rb") as stream:
        return gettext.GNUTranslations(stream)


def test_every_sentence_has_its_chinese(catalogue: gettext.GNUTranslations) -> None:
    found = {sentence: path.name for path in FILES for sentence in spoken(path) if sentence.strip()}
    missing = {text: name for text, name in found.items() if catalogue.gettext(text) == text and text not in SAME}
    assert len(found) > 900
    assert missing == {}


def test_the_compiled_catalogue_is_the_committed_one(catalogue: gettext.GNUTranslations) -> None:
    text = (CATALOGUE / "django.po").read_text("utf-8")
    entries = re.findall(r'^(?:msgctxt (".*")\n)?msgid ((?:".*"\n)+)msgstr ((?:".*"\n?)+)', text, re.MULTILINE)
    # A word with a context is kept under both, as compiled catalogues have it.
    keyed = ((_join(context) + "\x04" if context else "", _join(key), _join(value)) for context, key, value in entries)
    joined = {context + key: value for context, key, value in keyed if key and value}
    assert {key for key, value in joined.items() if catalogue.gettext(key) != value} == set()


def _join(lines: str) -> str:
    return "".join(ast.literal_eval(line) for line in lines.strip().splitlines())
