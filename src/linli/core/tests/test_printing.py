"""Printing, and what happens on a machine that lacks the libraries for it."""

import sys

import pytest

from linli.core import health, printing
from linli.core.errors import RuleBroken
from linli.core.testing.plugin import needs_printing


class Refusing:
    """An importer that fails for WeasyPrint as a machine without Pango does."""

    def __init__(self, fault: Exception) -> None:
        self.fault = fault

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        """Fail for the one module, leave the others to the next importer."""
        if name == "weasyprint":
            raise self.fault


@needs_printing
def test_a_page_is_printed() -> None:
    assert printing.pdf("<p>邻里</p>").startswith(b"%PDF")
    assert not list(health.printed())


@pytest.mark.parametrize("fault", [ImportError(), OSError("cannot load library 'libpango-1.0-0'")])
def test_without_its_libraries_printing_is_refused_and_the_doctor_says_so(
    monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Refusing(fault), *sys.meta_path])
    with pytest.raises(RuleBroken) as refusal:
        printing.pdf("<p>邻里</p>")
    assert refusal.value.code == "print.no_pango"
    assert "libpango" in refusal.value.sentence
    assert [finding.code for finding in health.printed()] == ["print.no_pango"]
