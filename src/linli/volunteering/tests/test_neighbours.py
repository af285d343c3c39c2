"""Good neighbours: nominated by anybody, shown only with their word, never with a home, and gone at once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import VISITOR
from linli.core.errors import DomainError
from linli.core.models import WorkItem
from linli.organizations.tests.test_pages import enter
from linli.territory.models import Facility
from linli.volunteering.models import Honour, NeighbourOffer
from linli.volunteering.operations.honours import NeighbourProposal, honour_propose, honour_take_back
from linli.volunteering.operations.neighbours import Offering, neighbour_offer, neighbour_offer_end

pytestmark = pytest.mark.django_db
CODE = "990901001001"
PAGE = f"/public/good-neighbours/{CODE}/"


def code_of(operation: Callable[..., Any], **values: Any) -> str:
    """The code with which an operation refuses; empty where it does not."""
    try:
        with transaction.atomic():
            operation(**values)
    except DomainError as error:
        return error.code
    return ""


def honoured(cast: Cast, recipient: str = "household", name: str = "李念念", **more: Any) -> Honour:
    kind = "good_neighbour" if recipient == "household" else "good_neighbour_shop"
    given: dict[str, Any] = {
        "kind": kind,
        "recipient": recipient,
        "name": name,
        "place": cast.places["community"],
        "state": "awarded",
    }
    return Honour.objects.create(**{**given, "awarded_on": clock.today(), **more})


def offering(cast: Cast, **more: Any) -> Offering:
    given: dict[str, Any] = {
        "text": "代收快递",
        "consented_on": clock.today(),
        "means": "self",
        "grid_id": cast.places["grid"].pk,
    }
    return Offering(**{**given, **more})


def shop(**more: Any) -> Offering:
    given: dict[str, Any] = {
        "text": "免费充电、饮水",
        "consented_on": clock.today(),
        "means": "paper",
        "address": "东风路8号",
    }
    return Offering(**{**given, **more})


def test_whoever_is_shown_agreed_and_is_gone_at_once(cast: Cast) -> None:
    home, store = honoured(cast), honoured(cast, "merchant", "邻里粮油店")
    desk, visitor = cast.community_worker, Client()
    assert "代收快递" not in visitor.get(PAGE).content.decode()
    place = Facility.objects.create(name="邻里粮油店", place=cast.places["community"], lng=106.1, lat=26.2)
    neighbour_offer(actor=desk, honour_id=home.pk, offering=offering(cast))
    neighbour_offer(actor=desk, honour_id=store.pk, offering=shop(facility_id=place.pk))
    text = visitor.get(PAGE).content.decode()
    # The name of a household that did not agree to be named stays masked; its grid is all that is said of where.
    assert ("李念念" in text, "春晓第一网格" in text, "东风路8号" in text) == (False, True, True)
    points = visitor.get(f"{PAGE}?map=1").json()["features"]
    assert [item["properties"]["name"] for item in points] == ["邻里粮油店"]
    assert code_of(neighbour_offer, actor=desk, honour_id=home.pk, offering=offering(cast)) == "neighbour.twice"
    neighbour_offer_end(actor=desk, honour_id=home.pk)
    honour_take_back(actor=desk, honour_id=store.pk, reason="已停业")
    text = visitor.get(PAGE).content.decode()
    assert ("代收快递" in text, "东风路8号" in text) == (False, False)
    assert not NeighbourOffer.objects.exclude(text="", address="", grid=None, facility=None).exists()
    assert code_of(neighbour_offer_end, actor=desk, honour_id=home.pk) == "not_found"
    assert code_of(neighbour_offer, actor=desk, honour_id=store.pk, offering=shop()) == "neighbour.honour"


def test_what_is_not_shown(cast: Cast) -> None:
    home, store, desk = honoured(cast), honoured(cast, "merchant", "邻里粮油店"), cast.community_worker
    for row, given, code in (
        (home, offering(cast, address="1号楼302"), "neighbour.where"),
        (home, offering(cast, grid_id=cast.places["far_grid"].pk), "neighbour.where"),
        (home, offering(cast, text=" "), "neighbour.offer"),
        (home, offering(cast, means="hearsay"), "neighbour.consent"),
        (store, shop(address=""), "neighbour.where"),
        (store, shop(facility_id=987654321), "not_found"),
        (honoured(cast, state="notice"), offering(cast), "neighbour.honour"),
    ):
        assert code_of(neighbour_offer, actor=desk, honour_id=row.pk, offering=given) == code
    for who in ("outsider", "resident", "grid_worker"):
        given = offering(cast)
        found = code_of(neighbour_offer, actor=cast.actors[who], honour_id=home.pk, offering=given)
        assert found in ("not_found", "honour.not_yours")
    # The database itself holds that no home is shown.
    made = neighbour_offer(actor=desk, honour_id=home.pk, offering=offering(cast))
    with pytest.raises(IntegrityError, match="no_home"), transaction.atomic():
        NeighbourOffer.objects.filter(pk=made.pk).update(address="1号楼302")


def test_anybody_nominates_and_the_desk_is_owed_a_look(cast: Cast) -> None:
    place = cast.places["community"].pk
    given = NeighbourProposal("good_neighbour_shop", "邻里粮油店", "雨天借伞")
    row = honour_propose(actor=VISITOR, place_id=place, proposal=given)
    assert (row.state, row.recipient, row.consented) == ("nominated", "merchant", False)
    assert WorkItem.objects.filter(kind="honour.review", subject_id=row.pk, ended=None).exists()
    # A second one learns nothing of the first.
    assert honour_propose(actor=VISITOR, place_id=place, proposal=given).pk == row.pk
    assert Honour.objects.count() == 1
    street = cast.places["street"].pk
    assert code_of(honour_propose, actor=VISITOR, place_id=street, proposal=given) == "not_found"
    star = NeighbourProposal("service_star", "甲乙", "好")
    assert code_of(honour_propose, actor=VISITOR, place_id=place, proposal=star) == "honour.kind"


def test_the_pages(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    visitor, desk, row = Client(), enter(cast, "community_worker"), honoured(cast)
    sent = {"kind": "good_neighbour", "name": "三单元老李家", "ground": "常帮邻居收快递"}
    kept = visitor.post(PAGE, sent | {"ground": ""})
    assert (kept.status_code, kept.context["form"]["name"].value()) == (400, "三单元老李家")
    assert visitor.post(PAGE, sent).status_code == 302
    assert visitor.post("/public/good-neighbours/990901001/", sent).status_code == 404
    address = f"/volunteering/honours/{row.pk}/"
    given = {"text": "代收快递", "grid": cast.places["grid"].pk, "consented_on": f"{clock.today()}", "means": "self"}
    assert desk.post(f"{address}offer/", given | {"grid": ""}).status_code == 400
    assert desk.post(f"{address}offer/", given).status_code == 302
    assert "代收快递" in desk.get(address).content.decode()
    for number in range(8):
        more = honoured(cast, name=f"李念念{number}")
        neighbour_offer(actor=cast.community_worker, honour_id=more.pk, offering=offering(cast))
    with django_assert_max_num_queries(8):
        assert len(visitor.get(PAGE).context["page"].neighbours) == 9
    assert desk.post(f"{address}take_down/").status_code == 302
    assert len(visitor.get(PAGE).context["page"].neighbours) == 8
