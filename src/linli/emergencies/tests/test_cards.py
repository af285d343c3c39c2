"""Help cards: kept with a clear yes, seen by the duty post while an emergency covers them, else by nobody."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from linli.accounts.models import Look
from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.core.models import Entry
from linli.emergencies.models import Activation, HelpCard
from linli.emergencies.operations import activations, cards
from linli.emergencies.queries import activation_page, cards_told, own_card
from linli.emergencies.tests.alarmed import PERSON, PHONE, active, card, kept
from linli.organizations.operations.posts import Appointment, post_appoint
from linli.records.types import record_types

pytestmark = pytest.mark.django_db


def code(call: Callable[..., Any], **values: Any) -> str:
    """The code of what is refused."""
    with pytest.raises(DomainError) as refused:
        call(**values)
    return refused.value.code


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"agreed": False}, "help_card.agreed"),
        ({"place_id": 987654321}, "help_card.place"),
        ({"needs": ()}, "help_card.needs"),
        ({"needs": ("heart_disease",)}, "help_card.needs"),
        ({"name": ""}, "help_card.name"),
        ({"phone": "12"}, "person.bad_phone"),
        ({"address": "长" * 121}, "help_card.words"),
    ],
)
def test_without_a_clear_yes_and_a_need_nothing_is_kept(cast: Cast, more: dict[str, Any], refusal: str) -> None:
    assert code(cards.card_keep, actor=cast.actors["resident"], card=card(cast, **more)) == refusal
    assert not HelpCard.objects.exists()


def test_what_a_card_says_is_ciphertext(cast: Cast) -> None:
    row = kept(cast, address="1号楼501", contact="沈早早")
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(c)::text FROM emergencies_helpcard c")
        stored = str(cursor.fetchone())
    assert not [word for word in (PERSON, PHONE, "号楼", "沈早早", "stairs") if word in stored]
    assert not Entry.objects.filter(actor=cast.actors["resident"].key, operation__startswith="help_card").exists()
    assert not [kind for kind in record_types() if kind.model == "emergencies.HelpCard"]
    assert (own_card(cast.actors["resident"]), own_card(cast.actors["visitor"])) == (row, None)


def test_a_card_is_seen_by_the_duty_post_during_the_emergency_only(cast: Cast, today: clock.Frozen) -> None:
    kept(cast)
    secretary = cast.actors["secretary"]
    row = active(cast)
    look: dict[str, Any] = {"activation_id": row.pk}
    assert [seen.name for seen in cards.cards_look(actor=secretary, **look)] == [PERSON]
    assert (Look.objects.get().subject_type, Activation.objects.get(pk=row.pk).looks) == ("help_card", 1)
    for role in set(cast.actors) - {"secretary"}:
        assert code(cards.cards_look, actor=cast.actors[role], **look) in ("not_found", "help_card.not_yours"), role
    assert code(cards.cards_look, actor=SYSTEM, **look) == "help_card.not_yours"
    # Also where its time is over and nothing has ended it yet.
    today.move(timedelta(hours=12))
    assert code(cards.cards_look, actor=secretary, **look) == "help_card.closed"
    today.move(timedelta(hours=-1))
    activations.activation_end(actor=secretary, **look)
    assert code(cards.cards_look, actor=secretary, **look) == "help_card.closed"
    assert (activation_page(secretary, row.pk).cards, Look.objects.count()) == (0, 1)


def test_an_emergency_elsewhere_opens_no_card(cast: Cast) -> None:
    kept(cast)
    row = active(cast, "far_community")
    assert code(cards.cards_look, actor=cast.actors["secretary"], activation_id=row.pk) == "not_found"
    # One of the street that covers another community only, also for who may help in both.
    elsewhere = active(cast, "street", area_ids=(cast.places["second_community"].pk,))
    assert cast.posts["secretary"].pk not in elsewhere.calls.values_list("post_id", flat=True)
    assert code(cards.cards_look, actor=cast.actors["secretary"], activation_id=elsewhere.pk) == "not_found"
    person_id, there = cast.posts["secretary"].person_id, cast.places["second_community"].pk
    appointment = Appointment("community_secretary", there, person_id=person_id, since=clock.today())
    post_appoint(actor=SYSTEM, appointment=appointment)
    assert cards.cards_look(actor=cast.again("secretary"), activation_id=elsewhere.pk) == []


def test_one_of_the_street_opens_only_the_cards_of_ones_own_place(cast: Cast) -> None:
    kept(cast, "second_community")
    row = active(cast, "street")
    assert cards.cards_look(actor=cast.actors["secretary"], activation_id=row.pk) == []
    cards.card_take(actor=cast.actors["community_worker"], card=card(cast, name="沈近近", means="paper"))
    assert [seen.name for seen in cards.cards_look(actor=cast.actors["secretary"], activation_id=row.pk)] == ["沈近近"]


def test_it_is_withdrawn_and_erased_at_once_by_account_and_at_the_desk(cast: Cast) -> None:
    resident, desk = cast.actors["resident"], cast.actors["community_worker"]
    assert kept(cast).pk == kept(cast, needs=("power", "stairs")).pk
    cards.card_withdraw(actor=resident)
    assert not HelpCard.objects.exists()
    first = cards.card_take(actor=desk, card=card(cast, means="paper"))
    second = cards.card_take(actor=desk, card=card(cast, means="phone"))
    assert [row.pk for row in HelpCard.objects.all()] == [second.pk] != [first.pk]
    for role in ("outsider", "resident", "grid_worker"):
        assert code(cards.card_take, actor=cast.actors[role], card=card(cast, means="paper")) == "not_found"
    assert code(cards.card_take, actor=desk, card=card(cast)) == "help_card.means"
    # A couple with one telephone: the card of one does not replace that of the other.
    cards.card_take(actor=desk, card=card(cast, name="沈早早", means="paper"))
    assert HelpCard.objects.count() == 2
    # Elsewhere one is told the same, and nothing goes.
    cards.card_withdraw(actor=cast.actors["outsider"], phone=PHONE)
    assert HelpCard.objects.count() == 2
    cards.card_withdraw(actor=desk, phone=PHONE)
    assert not HelpCard.objects.exists()
    assert code(cards.card_withdraw, actor=resident, phone=PHONE) == "not_found"
    assert code(cards.card_keep, actor=cast.actors["visitor"], card=card(cast)) == "not_found"


def test_it_goes_with_its_term_and_with_the_account(cast: Cast, today: clock.Frozen) -> None:
    kept(cast)
    today.move(timedelta(days=365))
    assert cards.cards_forget() == 0
    today.move(timedelta(days=1))
    # Not seen any more although nothing has erased it yet.
    row = active(cast)
    assert cards.cards_look(actor=cast.actors["secretary"], activation_id=row.pk) == []
    assert cards.cards_forget() == 1
    kept(cast)
    apps.get_model("accounts.User").objects.filter(pk=cast.users["resident"].pk).delete()
    assert not HelpCard.objects.exists()


def test_few_cards_are_not_told(cast: Cast) -> None:
    desk = cast.actors["community_worker"]
    assert cards_told(desk) == 0
    for number in range(4):
        cards.card_take(actor=desk, card=card(cast, phone=f"1000000880{number}", means="paper"))
    assert cards_told(desk) is None
    cards.card_take(actor=desk, card=card(cast, phone="10000008899", means="paper"))
    assert (cards_told(desk), cards_told(cast.actors["outsider"]), cards_told(cast.actors["resident"])) == (5, 0, 0)
