"""Two officers start one plan at the same moment, in real threads on a database of their own: it is active once."""

from functools import partial

from linli.accounts.neighbourhood import neighbourhood
from linli.core.testing.fixtures import OwnDatabase
from linli.deliberation.tests.test_polls_at_once import answers
from linli.emergencies.models import Activation, HelpCard
from linli.emergencies.operations.activations import activation_end, activation_start
from linli.emergencies.operations.cards import card_keep, cards_look
from linli.emergencies.tests.alarmed import card, planned, start


def test_a_plan_is_active_once(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    plan = planned(cast)
    begin = [
        partial(activation_start, actor=actor, plan_id=plan.pk, start=start(plan))
        for actor in (cast.secretary, cast.street_officer) * 3
    ]
    assert answers(own_database.together(*begin)) == {"ok": 1, "activation.already": 5}
    row = Activation.objects.get()
    end = partial(activation_end, actor=cast.secretary, activation_id=row.pk)
    look = partial(cards_look, actor=cast.secretary, activation_id=row.pk)
    found = answers(own_database.together(end, end, look, look))
    assert (found["activation.state"], found["ok"] + found["help_card.closed"]) == (1, 3)
    keep = partial(card_keep, actor=cast.actors["resident"], card=card(cast))
    assert answers(own_database.together(*[keep] * 4)) == {"ok": 4}
    assert HelpCard.objects.count() == 1
