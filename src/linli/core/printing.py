"""Printed pages: HTML as PDF. Nothing is fetched for one, neither from the network nor from this machine's files.

The libraries that lay out text (Pango) belong to the system and are missing on some machines. There everything else
must work, so they are asked for when something is printed and not before.
"""

import sys
from collections.abc import Callable
from contextlib import redirect_stdout

from django.utils.translation import gettext_lazy as _

from linli.core.errors import RuleBroken

PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def pdf(html: str) -> bytes:
    """A document as PDF. Raises: print.no_pango."""
    printed: bytes = _printer()(html)
    return printed


def available() -> bool:
    """Whether this machine can print."""
    try:
        _printer()
    except RuleBroken:
        return False
    return True


_writers: list[Callable[[str], bytes]] = []


def register_word(writer: Callable[[str], bytes]) -> None:
    """Let the app that writes Word files say how a text becomes one; called when it is ready."""
    _writers[:] = [writer]


def word(text: str) -> bytes:
    """A text as a Word file in the layout of an official document, its first line the title."""
    return _writers[0](text)


def _printer() -> Callable[[str], bytes]:
    try:
        # WeasyPrint explains itself on stdout, where `--json` promises one document.
        with redirect_stdout(sys.stderr):
            from weasyprint import HTML
            from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as error:
        text = _("Nothing can be printed here yet. Install %(packages)s.")
        raise RuleBroken("print.no_pango", text, packages=PACKAGES) from error

    def print_alone(html: str) -> bytes:
        # Pictures come inside the page; an address that got into a text must lead nowhere.
        document: bytes = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=("data",))).write_pdf()
        return document

    return print_alone
