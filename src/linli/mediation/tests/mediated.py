"""Mediations on their way, for the tests."""

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any, Final

from linli.accounts.neighbourhood import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.mediation.models import Mediation, MediationAgreement
from linli.mediation.operations.agreements import Promise, Terms, agreement_reach, agreement_sign
from linli.mediation.operations.mediations import Asking, Who, mediation_accept, mediation_ask, party_consent
from linli.mediation.operations.sessions import session_plan, session_record
from linli.mediation.policies import mediator_posts
from linli.organizations.models import Post

DAY: Final = timedelta(days=1)
NAMES: Final = ("秦可卿", "贾蓉生")
PHONES: Final = ("10012345678", "10087654321")
FACTS: Final = "楼上漏水泡坏楼下吊顶，双方对赔偿数额有争议。"
PARTIES: Final = tuple(Who(name, phone) for name, phone in zip(NAMES, PHONES, strict=True))


def asking(cast: Cast, place: str = "community", **values: Any) -> Asking:
    """A dispute of neighbours."""
    given: dict[str, Any] = {"kind": "neighbours", "facts": FACTS, "parties": PARTIES, **values}
    return Asking(cast.places[place].pk, **given)


def asked(cast: Cast, place: str = "community", **values: Any) -> Mediation:
    """One that was asked for."""
    return mediation_ask(actor=SYSTEM, asking=asking(cast, place, **values))


def accepted(cast: Cast, place: str = "community", **values: Any) -> Mediation:
    """One with a mediator, the first of the committee."""
    row = asked(cast, place, **values)
    first = Post.objects.filter(mediator_posts(cast.places[place])).order_by("pk").first()
    assert first is not None
    return mediation_accept(actor=SYSTEM, mediation_id=row.pk, post_ids=[first.pk])


def in_sessions(cast: Cast, place: str = "community", **values: Any) -> Mediation:
    """One whose parties consented and came to a session today."""
    row = accepted(cast, place, **values)
    for party in row.parties.all():
        party_consent(actor=SYSTEM, party_id=party.pk, agrees=True)
    session = session_plan(actor=SYSTEM, mediation_id=row.pk, on=clock.today(), starts=time(9), venue="社区调解室")
    came = list(row.parties.values_list("pk", flat=True))
    session_record(actor=SYSTEM, session_id=session.pk, on=clock.today(), came=came, record="双方愿意各让一步。")
    row.refresh_from_db()
    return row


def terms(row: Mediation, form: str = "written", dues: tuple[date, ...] = ()) -> Terms:
    """What the second party owes the first, in instalments of 600 yuan."""
    second = row.parties.get(position=2)
    days = dues or (clock.today() + 10 * DAY, clock.today() + 40 * DAY)
    promises = [Promise(second.pk, day, Decimal(600)) for day in days]
    return Terms(form, clock.today(), "楼上水管老化，楼上承担责任。", "楼上分期赔偿并更换水管。", promises)


def agreed(cast: Cast, form: str = "oral", dues: tuple[date, ...] = (), **values: Any) -> MediationAgreement:
    """One that was agreed today."""
    row = in_sessions(cast, **values)
    return agreement_reach(actor=SYSTEM, mediation_id=row.pk, terms=terms(row, form, dues))


def signed(cast: Cast, **values: Any) -> MediationAgreement:
    """A written agreement in effect from today."""
    row = agreed(cast, "written", **values)
    return agreement_sign(actor=SYSTEM, mediation_id=row.mediation_id, on=clock.today(), complete=True)


def mediations_made(cast: Cast) -> None:
    """Mediations here and in the other place, for the tests over every route: one planned, one agreed."""
    for place in ("community", "far_community"):
        row = in_sessions(cast, place)
        session_plan(actor=SYSTEM, mediation_id=row.pk, on=clock.today() + DAY, starts=time(9), venue="社区调解室")
        agreed(cast, place=place)
