"""A figure whose page would stand at the address of another page is refused wherever figures are written."""

from datetime import date
from pathlib import Path

import pytest

from linli.accountability import urls
from linli.core.actors import SYSTEM
from linli.core.errors import InvalidInput
from linli.records.figures import compute
from linli.records.figures.definitions import Figure, check_one
from linli.records.operations.figures import figure_define
from linli.records.operations.profiles import profile_check

pytestmark = pytest.mark.django_db


def pages() -> list[str]:
    """The names below /figures/ that are pages of their own."""
    routes = [str(item.pattern) for item in urls.urlpatterns]
    return [route.rstrip("/") for route in routes if route.count("/") == 1 and "<" not in route]


def test_the_ids_are_those_of_the_addresses() -> None:
    assert {"new", "places", "models", "surveys"} <= set(pages())
    for name in pages():
        with pytest.raises(InvalidInput) as refused:
            check_one(Figure(id=name, of="case"), {})
        assert (refused.value.code, refused.value.facts) == ("figure.reserved", {"id": name})
    for name in ("news", "models.525", "boards", "new.matters", "matters"):
        check_one(Figure(id=name, of="case"), {})


def test_a_profile_is_told_where_the_id_stands(tmp_path: Path) -> None:
    text = "figures:\n  - {id: matters, of: case, measure: count}\n  - {id: surveys, of: case, measure: count}\n"
    (tmp_path / "figures.yaml").write_text(text, "utf-8")
    (fault,) = profile_check(tmp_path)
    assert (fault.file, fault.line, fault.key) == ("figures.yaml", 3, "figures.1")
    assert "surveys" in fault.message


def test_a_figure_is_not_added_at_such_an_address_either() -> None:
    definition = {"id": "new", "of": "case", "measure": "count"}
    for act in (
        lambda: figure_define(actor=SYSTEM, definition=definition),
        lambda: compute.preview(definition, date(2026, 3, 10)),
    ):
        with pytest.raises(InvalidInput) as refused:
            act()
        assert refused.value.code == "figure.reserved"
