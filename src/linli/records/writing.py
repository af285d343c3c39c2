"""Plain data as YAML text, written the way a person would write a profile."""

import io
from typing import Any

from ruamel.yaml import YAML


def yaml(data: Any) -> str:
    """The data as YAML: blocks, no wrapping, Chinese as it is."""
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = False
    writer.allow_unicode = True
    writer.width = 110
    writer.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    stream = io.StringIO()
    writer.dump(data, stream)
    return stream.getvalue()
