"""Mediations as operations: their life, each refusal, who may, what falls due, and what nobody may read anywhere."""

from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from linli.accounts.models import Look
from linli.accounts.testing import Cast
from linli.cases.models import Note
from linli.cases.operations.intake import Report, case_report
from linli.core import clock
from linli.core.actors import SYSTEM, Actor
from linli.core.errors import DomainError
from linli.core.models import Entry, WorkItem
from linli.mediation import queries
from linli.mediation.models import Mediation, MediationAgreement
from linli.mediation.operations import agreements, ledgers
from linli.mediation.operations import mediations as operations
from linli.mediation.operations.agreements import Promise, confirm_by
from linli.mediation.operations.mediations import Who
from linli.mediation.operations.sessions import session_plan, session_record
from linli.mediation.policies import mediations_visible_to
from linli.mediation.queries import own_of
from linli.mediation.tests import mediated
from linli.mediation.tests.mediated import DAY, NAMES, PHONES
from linli.mediation.workflow import MEDIATION
from linli.records.figures import compute
from linli.records.operations.profiles import content_apply
from linli.territory.models import MEDIATION_STUDIO, Facility

pytestmark = pytest.mark.django_db


def code_of(operation: Callable[..., Any], **values: Any) -> str:
    """The code with which an operation refuses; empty where it does not."""
    try:
        operation(**values)
    except DomainError as error:
        return error.code
    return ""


def owed(row: Mediation) -> list[str]:
    items = WorkItem.objects.filter(subject_type="mediation", subject_id=row.pk, ended=None)
    return sorted(items.values_list("kind", flat=True))


def test_the_life_of_a_mediation_is_this_and_no_other() -> None:
    steps = ["accept", "plan", "agree", "fulfil"]
    state, seen = "asked", ["asked"]
    for verb in steps:
        state = MEDIATION.step(state, verb)
        seen.append(state)
    assert seen == list(MEDIATION.line)
    assert {code for code, _label in MEDIATION.choices} - set(seen) == {"not_agreed", "not_accepted", "withdrawn"}
    # A party may end it until it is agreed; an agreement that is not fulfilled is mediated again.
    assert {move.verb: set(move.frm) for move in MEDIATION.moves if move.verb in ("withdraw", "reopen")} == {
        "withdraw": {"asked", "accepted", "sessions"},
        "reopen": {"agreed"},
    }


def test_from_asking_to_the_last_instalment(cast: Cast) -> None:
    row = mediated.asked(cast)
    assert owed(row) == ["mediation.accept"]
    agreement = mediated.signed(cast)
    row = agreement.mediation
    assert (row.state, agreement.confirm_by, owed(row)) == ("agreed", clock.today() + 30 * DAY, ["mediation.confirm"])
    first, second = agreement.items.order_by("position")
    agreements.item_fulfil(actor=SYSTEM, item_id=first.pk, on=clock.today())
    assert code_of(agreements.item_fulfil, actor=SYSTEM, item_id=first.pk, on=clock.today()) == "item.fulfilled"
    agreements.item_fulfil(actor=SYSTEM, item_id=second.pk, on=clock.today())
    row.refresh_from_db()
    agreement.refresh_from_db()
    assert (row.state, row.settled, agreement.in_time, agreement.amount_fen) == ("fulfilled", True, True, 120000)
    assert owed(row) == ["mediation.confirm", "mediation.visit"]
    operations.mediation_visit(actor=SYSTEM, mediation_id=row.pk, note="双方满意")
    assert owed(row) == ["mediation.confirm"]


def test_nothing_is_held_without_the_consent_of_all(cast: Cast) -> None:
    row = mediated.accepted(cast)
    plan = partial(session_plan, actor=SYSTEM, mediation_id=row.pk, on=clock.today(), starts=time(9), venue="调解室")
    first, second = row.parties.order_by("position")
    operations.party_consent(actor=SYSTEM, party_id=first.pk, agrees=True)
    assert code_of(plan) == "mediation.no_consent"
    operations.party_consent(actor=SYSTEM, party_id=second.pk, agrees=False)
    row.refresh_from_db()
    assert (row.state, row.settled, owed(row)) == ("withdrawn", None, [])
    assert code_of(plan) == "mediation.state"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "nothing"}, "mediation.kind"),
        ({"studio": "nothing"}, "mediation.kind"),
        ({"facts": " "}, "mediation.facts"),
        ({"parties": [Who("秦可卿")]}, "mediation.parties"),
        ({"parties": [Who("秦可卿"), Who(" ")]}, "mediation.party"),
        ({"case_id": 987654321}, "not_found"),
    ],
)
def test_what_is_not_written_down(cast: Cast, change: dict[str, Any], code: str) -> None:
    assert code_of(operations.mediation_ask, actor=cast.secretary, asking=mediated.asking(cast, **change)) == code
    assert not Mediation.objects.exists()


def test_a_session_names_the_studio_in_which_it_is_held(cast: Cast) -> None:
    row = mediated.in_sessions(cast)
    day, places = clock.today(), cast.places
    here, county, far, gone, hall = (
        Facility.objects.create(name=name, kind=kind, place=places[place], until=until)
        for name, kind, place, until in (
            ("工作室", MEDIATION_STUDIO, "second_community", None),
            ("县工作室", MEDIATION_STUDIO, "county", None),
            ("远处", MEDIATION_STUDIO, "far_community", None),
            ("旧工作室", MEDIATION_STUDIO, "community", day),
            ("大厅", "党群服务中心", "community", None),
        )
    )
    plan = partial(session_plan, actor=SYSTEM, mediation_id=row.pk, on=day, starts=time(9))
    assert [code_of(plan, studio_id=item.pk) for item in (far, gone, hall)] == ["mediation.venue"] * 3
    assert code_of(plan) == "mediation.venue"
    held = [plan(studio_id=here.pk, venue="里间"), plan(studio_id=county.pk)]
    assert [(item.studio, item.venue) for item in held] == [(here, "工作室 里间"), (county, "县工作室")]
    assert queries.studios_for(row)[-1] == county


def test_each_step_refuses_what_makes_no_sense(cast: Cast) -> None:
    row = mediated.asked(cast)
    accept = partial(operations.mediation_accept, actor=SYSTEM, mediation_id=row.pk)
    assert code_of(accept, post_ids=[]) == "mediation.mediators"
    assert code_of(accept, post_ids=[cast.posts["outsider"].pk]) == "mediation.mediators"
    held = mediated.in_sessions(cast)
    session = held.sessions.get()
    again = partial(session_record, actor=SYSTEM, session_id=session.pk, on=clock.today(), record="再")
    assert code_of(again, came=[held.parties.all()[0].pk]) == "session.held"
    ahead = session_plan(actor=SYSTEM, mediation_id=held.pk, on=clock.today(), starts=time(9), venue="调解室")
    came = partial(session_record, actor=SYSTEM, session_id=ahead.pk, record="记录")
    assert code_of(came, on=clock.today(), came=[row.parties.all()[0].pk]) == "session.came"
    assert code_of(came, on=clock.today() + DAY, came=[held.parties.all()[0].pk]) == "session.day"
    fail = partial(operations.mediation_fail, actor=SYSTEM, mediation_id=held.pk, reason="谈不拢")
    assert code_of(fail, referred="nowhere") == "mediation.referred"
    failed = fail(referred="court", referred_to="清河县人民法院")
    assert (failed.state, failed.settled, code_of(fail, referred="court")) == ("not_agreed", False, "mediation.state")


def test_an_agreement_says_who_owes_what_by_when(cast: Cast) -> None:
    row = mediated.in_sessions(cast)
    stranger = mediated.asked(cast).parties.all()[0]
    mine, today = row.parties.all()[0].pk, clock.today()
    for promises, code in (
        ([], "agreement.items"),
        ([Promise(stranger.pk, today, None, "道歉")], "agreement.party"),
        ([Promise(mine, today)], "agreement.amount"),
        ([Promise(mine, today, Decimal(0))], "agreement.amount"),
        ([Promise(mine, today - DAY, None, "道歉")], "agreement.due"),
    ):
        given = mediated.terms(row)
        given = type(given)(given.form, given.reached_on, given.liability, given.content, promises)
        assert code_of(agreements.agreement_reach, actor=SYSTEM, mediation_id=row.pk, terms=given) == code
    # Nothing of a refused one was kept.
    assert (MediationAgreement.objects.exists(), Mediation.objects.get(pk=row.pk).state) == (False, "sessions")


def test_a_written_agreement_is_in_effect_once_all_signed_and_an_oral_one_at_once(cast: Cast) -> None:
    oral = mediated.agreed(cast, "oral")
    assert oral.effective_on == clock.today()
    written = mediated.agreed(cast, "written")
    item = written.items.all()[0]
    assert (written.effective_on, owed(written.mediation)) == (None, ["mediation.sign"])
    fulfil = partial(agreements.item_fulfil, actor=SYSTEM, item_id=item.pk, on=clock.today())
    assert code_of(fulfil) == "agreement.not_effective"
    sign = partial(agreements.agreement_sign, actor=SYSTEM, mediation_id=written.mediation_id, on=clock.today())
    assert code_of(sign, complete=False) == "agreement.incomplete"
    sign(complete=True)
    assert (code_of(sign, complete=True), code_of(fulfil)) == ("agreement.signed", "")


@pytest.mark.parametrize(
    ("effective", "last"),
    [
        (date(2026, 3, 1), date(2026, 3, 31)),
        (date(2026, 1, 31), date(2026, 3, 2)),
        (date(2028, 2, 1), date(2028, 3, 2)),
        (date(2026, 12, 15), date(2027, 1, 14)),
    ],
)
def test_the_thirty_days_for_judicial_confirmation(effective: date, last: date) -> None:
    assert confirm_by(effective, 30) == last


def test_a_court_is_asked_within_thirty_days_and_never_after(cast: Cast) -> None:
    agreement = mediated.signed(cast)
    last = agreement.confirm_by
    assert last is not None
    confirm = partial(agreements.agreement_confirm, actor=SYSTEM, mediation_id=agreement.mediation_id)
    assert code_of(confirm, answer="confirmed", on=clock.today()) == "agreement.confirmation"
    with clock.frozen(clock.now() + timedelta(days=31)):
        assert code_of(confirm, answer="applied", on=clock.today()) == "agreement.too_late"
        assert confirm(answer="applied", on=last).confirmation == "applied"
        assert owed(agreement.mediation) == []
        assert code_of(confirm, answer="not_wanted", on=last) == "agreement.confirmation"
        assert confirm(answer="confirmed", on=clock.today()).confirmed_on == clock.today()


def test_items_are_owed_a_day_before_and_an_overdue_one_lets_it_be_opened_again(cast: Cast) -> None:
    agreement = mediated.signed(cast)
    row = agreement.mediation
    reopen = partial(agreements.mediation_reopen, actor=SYSTEM, mediation_id=row.pk, reason="第一期未付")
    with clock.frozen(clock.now() + 8 * DAY):
        assert (agreements.items_check(), "mediation.item" in owed(row)) == (0, False)
    with clock.frozen(clock.now() + 9 * DAY):
        assert (agreements.items_check(), agreements.items_check()) == (1, 0)
        assert "mediation.item" in owed(row)
        assert code_of(reopen) == "mediation.nothing_late"
    with clock.frozen(clock.now() + 11 * DAY):
        assert code_of(reopen) == ""
        row.refresh_from_db()
        agreement.refresh_from_db()
        assert (row.state, row.settled, agreement.dropped, owed(row)) == ("sessions", None, True, ["mediation.mediate"])


def test_who_sees_and_leads_one(cast: Cast) -> None:
    row = mediated.asked(cast)
    seen = {name for name in cast.actors if Mediation.objects.filter(mediations_visible_to(cast.actors[name])).exists()}
    assert seen == {"community_worker", "second_worker", "secretary", "street_officer"}
    refuse = partial(operations.mediation_refuse, mediation_id=row.pk, reason="不属调解范围")
    assert {code_of(refuse, actor=cast.actors[name]) for name in ("outsider", "leader", "resident")} == {"not_found"}
    ask = partial(operations.mediation_ask, asking=mediated.asking(cast))
    assert {code_of(ask, actor=cast.actors[name]) for name in ("outsider", "leader", "resident")} == {"not_found"}
    # A mediator without the desk sees what one is named for, and nothing else.
    only = Actor(
        key="user:m", label="", post_ids=(cast.posts["second_worker"].pk,), abilities=frozenset({"mediation.mediate"})
    )
    named = partial(Mediation.objects.filter(mediations_visible_to(only)).exists)
    assert not named()
    operations.mediation_accept(actor=cast.secretary, mediation_id=row.pk, post_ids=list(only.post_ids))
    assert named()
    withdraw = partial(operations.mediation_withdraw, actor=only, mediation_id=row.pk)
    assert (code_of(withdraw, reason=""), code_of(withdraw, reason="一方不愿")) == ("mediation.reason", "")


def test_a_party_sees_its_own_state_and_no_word_of_the_other(cast: Cast) -> None:
    worker, resident = cast.community_worker, cast.resident
    mine = [Who(NAMES[0], PHONES[0], resident.user_id), Who(NAMES[1], PHONES[1], worker.user_id)]
    mediated.asked(cast, parties=mine)
    assert not Mediation.objects.filter(mediations_visible_to(worker)).exists()
    (own,) = own_of(resident)
    assert set(own.__slots__) == {"number", "standing", "steps", "session"}
    assert own_of(cast.outsider) == []


def test_names_are_ciphertext_and_a_look_is_kept_with_its_reason(cast: Cast) -> None:
    row = mediated.in_sessions(cast)
    party = row.parties.get(position=1)
    look = partial(operations.party_unmask, party_id=party.pk)
    assert code_of(look, actor=cast.leader, reason="看看") == "not_found"
    assert code_of(look, actor=cast.secretary, reason=" ") == "look.reason_missing"
    assert look(actor=cast.secretary, reason="电话约时间").name == NAMES[0]
    assert Look.objects.filter(subject_type="mediation_party", reason="电话约时间").count() == 1
    # Neither the journal nor the work of anybody holds a word of it.
    words = [str(item) for item in Entry.objects.values_list("facts", "operation")]
    words += WorkItem.objects.values_list("title", flat=True)
    said = (*NAMES, *PHONES, "漏水", "各让一步")
    assert not [word for word in words for one in said if one in word]


def test_a_matter_is_mediated_once_and_told_how_it_ended(cast: Cast) -> None:
    report = Report(kind="dispute", text="邻居占用楼道", place_id=cast.places["community"].pk)
    case_id = case_report(actor=SYSTEM, report=report).case_id
    row = mediated.in_sessions(cast, case_id=case_id)
    assert row.source == "case"
    assert (
        code_of(operations.mediation_ask, actor=SYSTEM, asking=mediated.asking(cast, case_id=case_id))
        == "mediation.twice"
    )
    agreements.agreement_reach(actor=SYSTEM, mediation_id=row.pk, terms=mediated.terms(row))
    (note,) = Note.objects.filter(case_id=case_id)
    assert (note.public, row.number in note.text, "水管" in note.text) == (True, True, False)
    facts = Entry.objects.get(operation="case.mediated").facts
    assert facts["outcome"] == "agreed"


def test_figures_count_what_was_taken_up_settled_kept_and_confirmed(cast: Cast) -> None:
    base = {"measure": "count", "period": "year_to_date"}
    figures = [
        {"id": "taken", "of": "mediation", **base},
        {"id": "ended", "of": "mediation", "where": {"settled": [True, False]}, **base},
        {"id": "settled", "share": {"of": "ended", "where": {"settled": True}}},
        {"id": "kept", "of": "mediation_agreement", "where": {"in_time": True}, **base},
        {"id": "confirmed", "of": "mediation_agreement", "where": {"confirmation": "confirmed"}, **base},
    ]
    place = {"name": "清河县邻里", "name_en": "Qinghe", "root": "990901"}
    content_apply(actor=cast.system_administrator, content={"place": place, "figures": {"figures": figures}})
    agreement = mediated.signed(cast)
    failed = mediated.in_sessions(cast)
    operations.mediation_fail(actor=SYSTEM, mediation_id=failed.pk, reason="谈不拢", referred="court")
    mediated.asked(cast)
    confirm = partial(agreements.agreement_confirm, actor=SYSTEM, mediation_id=agreement.mediation_id, on=clock.today())
    confirm(answer="applied")
    confirm(answer="confirmed")
    for item in agreement.items.all():
        agreements.item_fulfil(actor=SYSTEM, item_id=item.pk, on=clock.today())
    scope = compute.scope_of(cast.places["street"].code)
    found = {name: compute.compute(name, clock.today(), scope) for name in ("taken", "settled", "kept", "confirmed")}
    assert (found["taken"].value, found["kept"].value, found["confirmed"].value) == (Decimal(3), Decimal(1), Decimal(1))
    assert (found["settled"].numerator, found["settled"].denominator) == (Decimal(1), Decimal(2))


def test_ledgers_are_taken_in_once_and_name_nobody(cast: Cast) -> None:
    row = {"number": "T-1", "received": date(2026, 1, 5), "place": cast.places["community"].pk, "state": "not_agreed"}
    ids = ledgers.mediation_record_many(actor=SYSTEM, rows=[row])
    assert ledgers.mediation_record_many(actor=SYSTEM, rows=[row]) == ids
    assert list(Mediation.objects.values_list("settled", flat=True)) == [False]
    given = {"mediation": "T-1", "on": date(2026, 1, 6), "parties_came": 2}
    assert ledgers.hangs_refused(rows=[given, {"mediation": "T-2"}]) == {1: "mediation.unknown_number"}
    held = ledgers.session_record_many(actor=SYSTEM, rows=[given])
    assert ledgers.session_record_many(actor=SYSTEM, rows=[given]) == held
    # What is mediated here stays as it is.
    live = mediated.asked(cast)
    ledgers.mediation_record_many(actor=SYSTEM, rows=[{**row, "number": live.number, "state": "fulfilled"}])
    live.refresh_from_db()
    assert live.state == "asked"
