"""A profile with rules of disclosure, and notices under them, for the tests."""

import io
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM, VISITOR
from linli.publishing.models import DisclosureDue
from linli.publishing.operations.publications import Notice, Upload, publication_post, publication_withdraw
from linli.publishing.operations.questions import question_answer, question_ask
from linli.publishing.views.disclosure_public import token_of
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
PDF: Final = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
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


def disclosed(cast: Cast) -> str:
    """Notices here and in the other place, one for residents and one withdrawn, questions; the address of the first."""
    for who, name in (("secretary", "community"), ("outsider", "far_community")):
        place = cast.places[name]
        paper = Upload("明细.pdf", io.BytesIO(PDF + name.encode()))
        notice = publication_post(
            actor=cast.actors[who], notice=Notice(place.pk, "收支明细", "见附件。"), uploads=[paper]
        )
        due = clock.today() + timedelta(days=9)
        DisclosureDue.objects.create(item="affairs", place=place, since=QUARTER[0], until=QUARTER[1], due=due)
        question_ask(actor=VISITOR, publication_id=notice.pk, text="为什么这么多?")
        answered = question_ask(actor=VISITOR, publication_id=notice.pk, text="谁验收的?")
        question_answer(actor=cast.actors[who], question_id=answered.pk, text="居务监督委员会。")
    inner = Notice(cast.places["community"].pk, "公共收益", "五百元。", audience="residents")
    publication_post(actor=cast.secretary, notice=inner)
    gone = publication_post(actor=cast.secretary, notice=Notice(cast.places["community"].pk, "误发", "误发。"))
    publication_withdraw(actor=cast.secretary, publication_id=gone.pk, reason="发错")
    return token_of(answered)
