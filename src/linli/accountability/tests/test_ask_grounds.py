"""The ground of an ask as a document of the library: in force when it is asked, and shown when it no longer is."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from linli.accountability.models import Ask
from linli.accountability.operations.asks import Sketch as AskSketch
from linli.accountability.operations.asks import ask_approve, ask_propose, ask_send
from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.calendar_table import calendar_seed
from linli.core.errors import DomainError
from linli.publishing.models import PolicyDocument
from linli.publishing.operations.policy_document_ends import policy_document_repeal
from linli.publishing.operations.policy_documents import Sketch, policy_document_publish
from linli.publishing.queries.policy_documents import document_page
from linli.records.tests.test_import_pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    settings.SECOND_FACTOR_REQUIRED, settings.DATA = False, tmp_path
    calendar_seed(actor=SYSTEM)


def grounded(cast: Cast, document_id: int) -> AskSketch:
    today = clock.today()
    return AskSketch(
        name="网格情况",
        place_id=cast.places["county"].pk,
        office_id=cast.bodies["department"].pk,
        level="county",
        document_id=document_id,
        due=today + timedelta(days=20),
        valid_from=today,
        valid_until=today + timedelta(days=60),
        place_ids=(cast.places["community"].pk,),
        fields=("网格数",),
    )


def document(cast: Cast, number: str = "清电办〔2026〕2号", place: str = "county") -> PolicyDocument:
    sketch = Sketch(
        title="网格统计办法",
        place_id=cast.places[place].pk,
        issued=clock.today().replace(month=1, day=1),
        kind="rule",
        number=number,
        issuer="某县统计局",
    )
    return policy_document_publish(actor=SYSTEM, sketch=sketch)


def test_an_ask_stands_on_a_document_and_says_when_it_no_longer_holds(cast: Cast) -> None:
    ground = document(cast)
    ask = ask_propose(actor=cast.department_handler, sketch=grounded(cast, ground.pk))
    assert (ask.document_id, ask.ground, ask.ground_is_over) == (ground.pk, str(ground), False)
    ask_approve(actor=cast.leader, ask_id=ask.pk)
    (answer,) = ask_send(actor=cast.department_handler, ask_id=ask.pk, due=ask.due)
    worker = signed_in(cast, Client(), "community_worker")
    page = reverse("asks:ask", args=[ask.pk])
    assert worker.get(page).context["document_shown"]
    (reference,) = document_page(cast.actors["community_worker"], ground.pk).references
    assert reference.url == page
    policy_document_repeal(actor=cast.leader, document_id=ground.pk, version=1, reason="已有新办法")
    assert Ask.objects.get().ground_is_over
    told = "依据已失效"
    asker = signed_in(cast, Client(), "department_handler")
    for reader in (worker, asker):
        for address in (page, reverse("asks:list")):
            assert told in reader.get(address).content.decode()
    answering = worker.get(reverse("asks:ask_answer", args=[answer.pk]))
    assert answering.context["ask"].ground_is_over


def test_a_ground_that_is_over_hidden_or_none_is_refused(cast: Cast) -> None:
    over = document(cast)
    policy_document_repeal(actor=cast.leader, document_id=over.pk, version=1, reason="已有新办法")
    hidden = document(cast, number="某文〔2026〕3号", place="far_community")
    for document_id, code in ((over.pk, "ask.ground_over"), (hidden.pk, "ask.document"), (0, "ask.document")):
        with pytest.raises(DomainError) as refused:
            ask_propose(actor=cast.department_handler, sketch=grounded(cast, document_id))
        assert refused.value.code == code
    assert not Ask.objects.exists()
