"""Printed pages: HTML as PDF.

The libraries that lay out text (Pango) belong to the system and are missing on some machines. There everything else
must work, so they are asked for when something is printed and not before.
"""

import sys
from contextlib import redirect_stdout
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.core.errors import RuleBroken

PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def pdf(html: str) -> bytes:
    """A document as PDF. Raises: print.no_pango."""
    document: bytes = _printer()(string=html).write_pdf()
    return document


def available() -> bool:
    """Whether this machine can print."""
    try:
        _printer()
    except RuleBroken:
        return False
    return True


def _printer() -> Any:
    try:
        # WeasyPrint explains itself on stdout, where `--json` promises one document.
        with redirect_stdout(sys.stderr):
            from weasyprint import HTML
    except (ImportError, OSError) as error:
        text = _("Nothing can be printed here yet. Install %(packages)s.")
        raise RuleBroken("print.no_pango", text, packages=PACKAGES) from error
    return HTML
