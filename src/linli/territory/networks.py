"""Which network a grid belongs to: the one that covers the communities, or one that lies over it.

Pure reading of a grid's own values; the words come from the profile's `grids.yaml`.
"""

from collections.abc import Mapping
from typing import Any, Literal

from linli.records import profiles
from linli.territory.sections import GridsSection

Network = Literal["base", "overlay"]


def overlay_kinds() -> frozenset[str]:
    """The kinds of grid that lie over the base network on purpose."""
    section = profiles.current().section(GridsSection)
    return frozenset(kind.code for kind in section.kinds if kind.overlay) | {"overlay"}


def network_of(kind: str, extra: Mapping[str, Any], overlays: frozenset[str]) -> Network:
    """The network of a grid with this kind and these added values."""
    return "overlay" if kind in overlays or extra.get("tree") else "base"
