"""An offer taken up for a matter: by whoever handles or dispatches it, once a day, counted."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from linli.cases.models import Case
from linli.cases.operations.offering import offer_take
from linli.cases.tests.test_pages import Enter, enter  # noqa: F401  the fixture
from linli.cases.tests.town import Town, create_for
from linli.core import clock
from linli.core.errors import DomainError
from linli.core.models import Entry
from linli.organizations.models import OfferUse, ResourceOffer
from linli.organizations.queries.groups import offers, uses_of
from linli.records.figures import compute
from linli.records.figures.compile import EVERYWHERE
from linli.records.figures.definitions import Figure


@pytest.fixture
def matter(town: Town) -> Case:
    """A matter in handling by the electricians."""
    return create_for(town, "taken")


@pytest.fixture
def offer(town: Town, matter: Case) -> ResourceOffer:
    """Somebody lends a lift for such matters."""
    return ResourceOffer.objects.create(
        title="登高车", unit="供电公司", place=town.community, category=matter.category, since=date(2020, 1, 1)
    )


def take(town: Town, matter: Case, offer: ResourceOffer, **more: Any) -> OfferUse:
    given = {"actor": town.desk, "on": clock.today(), "result": "helped", **more}
    return offer_take(case_id=matter.pk, offer_id=offer.pk, **given)


@pytest.mark.parametrize("who", ["desk", "electrician"])
def test_an_offer_taken_up_is_on_record_and_counted(town: Town, matter: Case, offer: ResourceOffer, who: str) -> None:
    row = take(town, matter, offer, actor=getattr(town, who), note="借用半天")
    assert list(uses_of(("case", matter.pk))) == [row]
    assert [(item.pk, item.used) for item in offers()] == [(offer.pk, 1)]  # type: ignore[attr-defined]
    figure = Figure.model_validate(
        {"id": "u", "of": "offer_use", "where": {"result": "helped"}, "period": "year_to_date"}
    )
    assert compute.value_of(figure, clock.today(), EVERYWHERE, {"u": figure}).value == 1
    assert Entry.objects.filter(operation="resource_offer.use", subject_id=offer.pk).count() == 1


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"who": "plumber"}, "not_found"),
        ({"who": "outsider"}, "not_found"),
        ({"result": "wonderful"}, "offer.result"),
        ({"days": 1}, "offer.future"),
        ({"on": date(2019, 1, 1)}, "offer.not_in_force"),
        ({"case": 0}, "not_found"),
        ({"offer": 0}, "not_found"),
    ],
)
def test_refusals(town: Town, matter: Case, offer: ResourceOffer, more: dict[str, Any], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        offer_take(
            actor=getattr(town, more.get("who", "desk")),
            case_id=more.get("case", matter.pk),
            offer_id=more.get("offer", offer.pk),
            on=more.get("on") or clock.today() + timedelta(days=more.get("days", 0)),
            result=more.get("result", "helped"),
        )
    assert refused.value.code == code
    assert not OfferUse.objects.exists()


def test_once_a_day(town: Town, matter: Case, offer: ResourceOffer) -> None:
    take(town, matter, offer)
    with pytest.raises(DomainError) as refused:
        take(town, matter, offer, result="not")
    assert refused.value.code == "offer.used"
    take(town, matter, offer, on=clock.today() - timedelta(days=1), result="not")
    assert OfferUse.objects.count() == 2


def test_by_clicking(town: Town, matter: Case, offer: ResourceOffer, enter: Enter) -> None:  # noqa: F811
    client = enter("community_worker", town.community, town.office)
    address = reverse("cases:offers", args=[matter.pk])
    assert [row.pk for row in client.get(address).context["offers"]] == [offer.pk]
    sent = {"offer": offer.pk, "on": clock.today().isoformat(), "result": "partly", "note": "只修好一盏"}
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent).status_code == 409
    assert [row.note for row in client.get(address).context["uses"]] == ["只修好一盏"]
    assert enter("community_worker", town.elsewhere).get(address).status_code == 404
