"""Pages of votes: an owners' vote by its pages, the ballot on the phone, the paper desk, what everybody reads."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import segno
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.calendar_table import calendar_seed
from linli.core.errors import DomainError
from linli.deliberation.models import Elector, NamedBallot, Poll, PollMark, SealedBallot
from linli.deliberation.operations.counting import poll_close
from linli.deliberation.operations.poll_ledgers import poll_record_many
from linli.deliberation.operations.polls import poll_publish
from linli.deliberation.tests.voting import (
    ANNOUNCED,
    OPENS,
    announced,
    codes,
    opened,
    people,
    secret,
    sketch,
    units,
    vote,
    when_over,
    while_open,
)
from linli.records.tests.test_import_pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(cast: Cast, settings: Settings, tmp_path: Path) -> Cast:
    settings.SECOND_FACTOR_REQUIRED, settings.DATA = False, tmp_path
    calendar_seed(actor=SYSTEM)
    return cast


def both(cast: Cast) -> list[Client]:
    """Two workers, signed in at the moment that the clock shows: a session does not last for weeks."""
    return [signed_in(cast, Client(), name) for name in ("community_worker", "second_worker")]


def sent(cast: Cast, **changes: Any) -> dict[str, Any]:
    """What the form of a new vote takes."""
    whole = {
        "title": "更换电梯",
        "place": cast.places["compound"].pk,
        "text": "",
        "kind": "decision",
        "options": "",
        "most": 1,
        "rule": "owners_ordinary",
        "secrecy": "named",
        "online": "on",
        "paper": "on",
        "opens": "2026-11-17T09:00",
        "closes": "2026-11-24T09:00",
    }
    return {**whole, **changes}


def workbook(rows: list[list[Any]]) -> SimpleUploadedFile:
    """A list of owners as an office keeps it: a title above, headers, rows."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("业主清册")
        for number, row in enumerate(
            [["幸福小区业主清册"], ["房号", "建筑面积（㎡）", "业主姓名", "业主编号", "类别"], *rows]
        ):
            sheet.write_row(number, 0, row)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return SimpleUploadedFile("清册.xlsx", stream.getvalue(), kind)


def step(client: Client, poll: Poll, verb: str, **data: Any) -> Any:
    poll.refresh_from_db()
    return client.post(reverse("polls:do", args=[poll.pk, verb]), {"version": poll.version, **data})


def test_an_owners_vote_from_the_list_to_the_published_result(place: Cast) -> None:
    with clock.frozen(ANNOUNCED):
        one, two = both(place)
        answer = one.post(reverse("polls:new"), sent(place))
        poll = Poll.objects.get()
        address = reverse("polls:electorate", args=[poll.pk])
        assert answer.headers["Location"] == address
        rows: list[list[Any]] = [
            ["1-1", 88.55, "王一", "A1", ""],
            ["1-2", "90.45㎡", "王一", "A1", ""],
            ["1-3", 120, "某公司", "", "开发商未售"],
        ]
        faulty = one.post(address, {"file": workbook([*rows, ["1-1", 50, "李二", "A2", ""]])})
        assert (faulty.status_code, len(faulty.context["faults"]), Elector.objects.count()) == (400, 1, 0)
        no_table = SimpleUploadedFile("名单.csv", "甲,乙\n1,2\n".encode())
        assert one.post(address, {"file": no_table}).status_code == 400
        more = [[f"2-{number}", 100, f"业主{number}", f"B{number}", ""] for number in range(1, 5)]
        assert one.post(address, {"file": workbook([*rows, *more])}).status_code == 302
        assert sorted(poll.electors.values_list("kind", flat=True)) == ["developer", *["owner"] * 5]
        assert str(poll.electors.get(number=1).area) == "179.0000"
        assert step(one, poll, "announce").status_code == 302
    with clock.frozen(OPENS):
        one, two = both(place)
        assert step(one, poll, "open").status_code == 302
        slips = one.post(reverse("polls:codes", args=[poll.pk]), {"number": ""}).context["slips"]
        # The picture holds the code behind the #, which goes to no server and into no log.
        page = f"http://testserver{reverse('public_polls:poll', args=[poll.pk])}"
        wanted = f"{page}#code={slips[0][1].replace(' ', '')}"
        assert slips[0][2] == segno.make(wanted, error="m").svg_data_uri(border=0)
    ballot = reverse("public_polls:vote", args=[poll.pk])
    with while_open():
        one, two = both(place)
        for _line, code, _picture in slips[:4]:
            phone = Client()
            look = phone.post(ballot, {"code": code.lower()})
            assert look.context["due"], "the ballot is for whoever has the code"
            done = phone.post(ballot, {"code": code, "do": "vote", "choices": ["0"]})
            assert (done.status_code, done.context["receipt"]) == (200, "")
        assert Client().post(ballot, {"code": slips[0][1]}).context["due"] == []
        assert Client().post(ballot, {"code": "wrong"}).status_code == 403
        assert Client().get(ballot).status_code == 302
        desk = reverse("polls:papers", args=[poll.pk])
        paper = {"do": "ballot", "number": 5, "choices": ["1"], "reason": ""}
        assert one.post(desk, paper).context["waiting"]
        assert one.post(desk, paper).status_code == 409
        assert two.post(desk, paper).context["waiting"] == []
        assert step(one, poll, "close").status_code == 409
    with when_over():
        one, two = both(place)
        assert step(one, poll, "close").status_code == 302
        assert Client().get(reverse("public_polls:tally", args=[poll.pk])).status_code == 404
        assert step(one, poll, "publish").status_code == 302
        shown = Client().get(reverse("public_polls:poll", args=[poll.pk]))
    result = shown.context["page"].result
    assert (result.met, [option.heads for option in result.options]) == (True, [4, 1, 0])
    assert [item.part for item in result.quorum] == ["5", "599"]


def test_a_count_is_checked_by_anybody_from_its_file(place: Cast, tmp_path: Path) -> None:
    poll, keys = opened(place, secret(place), people(10))
    with while_open():
        receipts = [vote(poll, code, 0) for code in codes(place, poll)[:7]]
    with when_over():
        poll = poll_close(actor=place.community_worker, poll_id=poll.pk, words=keys)
        poll_publish(actor=place.community_worker, poll_id=poll.pk, version=poll.version)
    file = tmp_path / "count.json"
    file.write_bytes(Client().get(reverse("public_polls:tally", args=[poll.pk])).content)
    call_command("poll", "verify", str(file), "--receipt", receipts[0])
    with pytest.raises(DomainError) as unknown:
        call_command("poll", "verify", str(file), "--receipt", "0" * 32)
    document = json.loads(file.read_text())
    document["result"]["channels"]["online"]["ballots"] = 8
    file.write_text(json.dumps(document))
    with pytest.raises(DomainError) as wrong:
        call_command("poll", "verify", str(file))
    file.write_text("[]")
    with pytest.raises(DomainError) as nothing:
        call_command("poll", "verify", str(file))
    codes_of = [caught.value.code for caught in (unknown, wrong, nothing)]
    assert codes_of == ["poll.receipt", "poll.count_wrong", "poll.file"]


def test_a_counters_key_is_shown_once_and_a_secret_ballot_gives_a_receipt(place: Cast) -> None:
    poll = announced(place, secret(place), people(6))
    with clock.frozen(OPENS):
        one, two = both(place)
        keys = [client.post(reverse("polls:key", args=[poll.pk])) for client in (one, two)]
        assert all("no-store" in key.headers["Cache-Control"] for key in keys)
        words = [key.context["words"] for key in keys]
        assert words[0] not in one.get(reverse("polls:poll", args=[poll.pk])).content.decode()
        assert step(one, poll, "open").status_code == 302
    printed = codes(place, poll)
    with while_open():
        one, two = both(place)
        answers = [
            Client().post(reverse("public_polls:vote", args=[poll.pk]), {"code": code, "do": "vote", "choices": "0"})
            for code in printed
        ]
        assert {len(answer.context["receipt"]) for answer in answers} == {32}
        assert (PollMark.objects.count(), SealedBallot.objects.count(), NamedBallot.objects.count()) == (6, 6, 0)
        assert step(one, poll, "close", first=words[0], second=words[0]).status_code == 400
        assert step(one, poll, "close", first=words[1], second=words[0]).status_code == 302
    poll.refresh_from_db()
    assert (poll.state, poll.votes_for) == ("closed", 6)


def test_the_paper_desk_of_a_secret_vote(place: Cast) -> None:
    poll, _keys = opened(place, secret(place), people(8))
    desk = reverse("polls:papers", args=[poll.pk])
    bundle = {"do": "bundle", "bundle": 1, "ballots": 5, "option_0": 3, "option_1": 1, "option_2": 1, "reason": ""}
    with while_open():
        one, two = both(place)
        assert one.post(desk, {**bundle, "option_0": 6}).status_code == 400
        assert one.post(desk, bundle).status_code == 200
        assert len(two.post(desk, {**bundle, "option_0": 2}).context["waiting"]) == 1
        assert one.post(desk, {"do": "mark", "number": 3}).status_code == 200
        assert one.post(desk, {"do": "mark", "number": 3}).status_code == 409
        assert one.post(desk, {"do": "unmark", "number": 3, "reason": ""}).status_code == 400
        assert one.post(desk, {"do": "unmark", "number": 3, "reason": "点错"}).status_code == 200
    assert not PollMark.objects.exists()


def test_whoever_may_not_sees_nothing_of_it(place: Cast) -> None:
    poll, _keys = opened(place, sketch(place), units(3))
    draft = Poll.objects.create(place=place.places["compound"], title="草案", recorded=clock.now(), recorder="x")
    outsider, leader = signed_in(place, Client(), "outsider"), signed_in(place, Client(), "leader")
    for name in ("poll", "electorate", "papers", "change"):
        assert outsider.get(reverse(f"polls:{name}", args=[poll.pk])).status_code == 404, name
    assert leader.get(reverse("polls:poll", args=[poll.pk])).status_code == 200
    for name in ("electorate", "papers", "change"):
        assert leader.get(reverse(f"polls:{name}", args=[poll.pk])).status_code == 403, name
    assert leader.post(reverse("polls:codes", args=[poll.pk])).status_code == 403
    assert Client().get(reverse("polls:list")).status_code in (302, 404)
    for name in ("poll", "vote", "tally"):
        assert Client().get(reverse(f"public_polls:{name}", args=[draft.pk])).status_code == 404
    assert [row.pk for row in Client().get(reverse("public_polls:list")).context["page"]] == [poll.pk]


def test_lists_ask_few_questions_however_many_there_are(
    place: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    rows = [
        {"title": f"表决{number}", "held": clock.today(), "heads": 30, "present": 25, "votes_for": 20, "met": True}
        for number in range(60)
    ]
    made = poll_record_many(actor=place.system_administrator, rows=rows)
    assert poll_record_many(actor=place.system_administrator, rows=rows) == made
    client = signed_in(place, Client(), "street_officer")
    Poll.objects.update(place=place.places["community"])
    with django_assert_max_num_queries(14):
        page = client.get(reverse("polls:list"), {"q": "表决"})
    assert len(page.context["page"].object_list) == 50
    poll, _keys = opened(place, sketch(place), units(120))
    with django_assert_max_num_queries(20):
        client.get(reverse("polls:electorate", args=[poll.pk]))
    with django_assert_max_num_queries(30):
        client.get(reverse("polls:poll", args=[poll.pk]))
