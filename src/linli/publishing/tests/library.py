"""A small library for the tests over every route: a document of a street, one of the other place, a public one."""

from io import BytesIO
from typing import Any, Final

from linli.accounts.neighbourhood import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.publishing.operations.policy_document_files import policy_file_attach
from linli.publishing.operations.policy_documents import Sketch, policy_document_publish

PAPER: Final = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


def library_made(cast: Cast) -> None:
    """Three documents, each with a file."""
    for serial, place, public in ((6, "street", False), (7, "far_community", False), (8, "county", True)):
        sketch = Sketch(
            title="楼道整治办法",
            place_id=cast.places[place].pk,
            issued=clock.today(),
            kind="rule",
            number=f"某办〔2026〕{serial}号",
            issuer="某市民政局",
            public=public,
        )
        row = policy_document_publish(actor=SYSTEM, sketch=sketch)
        policy_file_attach(actor=SYSTEM, document_id=row.pk, stream=BytesIO(PAPER), name="正文.pdf")


def sent(cast: Cast, number: str = "某办〔2026〕99号") -> dict[str, Any]:
    """What the form of a document takes."""
    return {
        "number": number,
        "kind": "rule",
        "body": "",
        "issuer": "某市民政局",
        "place": cast.places["street"].pk,
        "issued": "2026-01-05",
        "since": "",
        "valid_until": "",
        "keywords": "",
        "summary": "",
        "version": "1",
    }
