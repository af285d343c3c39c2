"""Services at the same moment, in real threads on a database of their own: no place twice, one agent, one step."""

from datetime import timedelta
from functools import partial

from linli.accounts.neighbourhood import neighbourhood
from linli.core import clock
from linli.core.actors import VISITOR
from linli.core.testing.fixtures import OwnDatabase
from linli.deliberation.tests.test_polls_at_once import answers
from linli.services import policies
from linli.services.models import Appointment
from linli.services.operations import proxies, requests
from linli.services.operations.appointments import appointment_book, appointment_cancel
from linli.services.tests.served import asked, item, slot


def test_the_last_places_are_booked_once_and_one_agent_acts(own_database: OwnDatabase) -> None:
    with clock.frozen("2026-03-02T10:00"):
        cast = neighbourhood()
        row = slot(cast, capacity=3, on=clock.today() + timedelta(days=2))
        calls = [
            partial(appointment_book, actor=VISITOR, slot_id=row.pk, name="秦可卿", phone=f"100123456{at:02}")
            for at in range(16)
        ]
        assert answers(own_database.together(*calls)) == {"ok": 3, "appointment.full": 13}
        assert Appointment.objects.filter(state="booked").count() == 3
        address = policies.address_of(Appointment.objects.earliest("pk"))
        back = partial(appointment_cancel, actor=VISITOR, address=address)
        again = partial(appointment_book, actor=VISITOR, slot_id=row.pk, name="秦可卿", phone="10099999999")
        answers(own_database.together(*[back] * 3, *[again] * 3))
        assert Appointment.objects.filter(state="booked").count() <= 3

        wanted = asked(cast, item(cast)).request
        accept = [
            partial(proxies.proxy_accept, actor=actor, request_id=wanted.pk)
            for actor in (cast.community_worker, cast.second_worker, cast.secretary)
        ]
        assert answers(own_database.together(*accept)) == {"ok": 1, "proxy.taken": 2}
        own = policies.address_of(wanted)
        ends = [partial(requests.request_withdraw, actor=VISITOR, address=own)] * 3
        assert answers(own_database.together(*ends)) == {"ok": 1, "request.state": 2}
