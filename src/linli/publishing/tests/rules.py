"""A profile with rules of disclosure, and notices under them, for the tests."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from linli.accounts.testing import Cast
from linli.core.actors import SYSTEM
from linli.publishing.operations.publications import Notice
from linli.records.operations.profiles import content_apply

PLACE: Final = {"name": "清河县邻里", "name_en": "Qinghe", "root": "990901"}
FIGURES: Final[list[dict[str, Any]]] = [
    {"id": "compounds", "label": "小区", "of": "compound", "public": True, "unit": "个"},
    {
        "id": "people",
        "label": "在岗人员",
        "of": "post",
        "measure": {"distinct": "person"},
        "public": True,
        "unit": "人",
    },
    {"id": "inner", "label": "内部", "of": "compound"},
]
ACCOUNTS: Final[dict[str, Any]] = {
    "code": "accounts",
    "label": "财务收支",
    "ground": "县社区事务公开办法第三条",
    "every": "quarter",
    "due_days": 15,
    "stays_days": 60,
    "figures": ["compounds", "people"],
}
MAJOR: Final[dict[str, Any]] = {"code": "major", "label": "重大事项", "ground": "同上", "every": "event"}
STREET: Final[dict[str, Any]] = {
    **{"code": "street_list", "label": "街道事项", "ground": "同上", "at": "street", "every": "year"}
}
RULES: Final = (ACCOUNTS, MAJOR, STREET)
QUARTER: Final = (date(2025, 10, 1), date(2025, 12, 31))


def content(**sections: Any) -> dict[str, Any]:
    """The content of a profile with these rules."""
    disclosure: Mapping[str, Any] = {"items": list(RULES), "answer_days": 3}
    return {"place": PLACE, "figures": {"figures": FIGURES}, "disclosure": disclosure, **sections}


def ruled(**sections: Any) -> None:
    """Put the rules in force."""
    content_apply(actor=SYSTEM, content=content(**sections))


def quarterly(cast: Cast, **values: Any) -> Notice:
    """The accounts of the last quarter of 2025 at the community."""
    given = {"text": "收入三万元，支出两万元。", "since": QUARTER[0], "until": QUARTER[1], **values}
    return Notice(**{"place_id": cast.places["community"].pk, "title": "四季度收支", "item": "accounts", **given})
