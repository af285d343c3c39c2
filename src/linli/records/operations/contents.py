"""Contents of the file store that no row names: a picture that was chosen and never put in force, an upload cut off."""

import re
from typing import Final

from linli.core import files
from linli.core.models import FileRow
from linli.records.models import ProfileVersion

_HASH: Final = re.compile(r"\b[0-9a-f]{64}\b")


def contents_sweep() -> int:
    """Remove contents that neither a row of files nor any version of the profile names; returns how many.

    What was stored within a day stays: its row may not be written yet, or the picture not yet applied.
    """
    named = set(FileRow.objects.values_list("sha256", flat=True).iterator())
    for content in ProfileVersion.objects.values_list("content", flat=True).iterator(100):
        named.update(_HASH.findall(str(content)))
    return len(files.sweep(named))
