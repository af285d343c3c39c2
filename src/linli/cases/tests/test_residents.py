"""What residents and grid workers do on a phone: me too, the reporter's words, their own list, the phone's outbox."""

import re

import pytest
from django.test import Client

from linli.accounts.models import User
from linli.accounts.operations.owning import account_register
from linli.cases.models import Attachment, Case, Note, Reporter
from linli.cases.operations.finishing import case_finish
from linli.cases.operations.intake import Report, follow_code_matches
from linli.cases.operations.joining import case_join
from linli.cases.operations.supervising import case_urge
from linli.cases.operations.talking import WORDS, note_add, word_add
from linli.cases.queries.posters import poster_code
from linli.cases.tests.test_intake import photo
from linli.cases.tests.test_pages import BACKEND, Enter, enter, queries  # noqa: F401
from linli.cases.tests.town import Town, create_for, report
from linli.core.actors import VISITOR
from linli.core.errors import DomainError

FORM = "/public/report/"
NEAR = "/public/report/similar/"


def resident(name: str = "李大妈") -> Client:
    """A signed-in resident."""
    client = Client()
    user = account_register(actor=VISITOR, username=name, password="linli-test-9")
    client.force_login(user, backend=BACKEND)
    return client


def me_too(visitor: Client, town: Town) -> str:
    """The sign of the first similar matter that the public is shown."""
    page = visitor.get(NEAR, {"text": "楼道灯不亮", "place": str(town.compound.pk)}).content.decode()
    return str(re.findall(r'name="joins" value="([^"]+)"', page)[0])


def test_me_too_joins_with_a_number_and_a_code_of_its_own(town: Town) -> None:
    first = report(town, "三号楼楼道灯不亮")
    visitor = Client()
    data = {"text": "楼道灯不亮,我也是", "place": town.compound.pk, "joins": me_too(visitor, town), "key": "a"}
    page = visitor.post(FORM, data, follow=True)
    joined = Case.objects.exclude(pk=first.case_id).get()
    assert (joined.state, joined.merged_into_id) == ("merged", first.case_id)
    assert follow_code_matches(joined, page.context["code"])
    assert Reporter.objects.filter(case=joined).count() == 1
    shown = visitor.get(f"/public/cases/{joined.number}/")
    assert shown.context["shown"].pk == first.case_id
    visitor.post(FORM, data)
    assert Case.objects.count() == 2, "the same page sent twice is one report"


@pytest.mark.parametrize("state", ["closed", "accepted"])
def test_me_too_stands_by_itself_where_the_other_is_closed(town: Town, state: str) -> None:
    other = create_for(town, state)
    given = Report(text="楼道灯不亮", place_id=town.compound.pk)
    receipt = case_join(actor=VISITOR, report=given, into_id=other.pk)
    joined = Case.objects.get(pk=receipt.case_id)
    assert (joined.state, bool(receipt.code)) == ("received" if state == "closed" else "merged", True)


def test_a_made_up_sign_joins_nothing(town: Town) -> None:
    first = report(town, "三号楼楼道灯不亮")
    Client().post(FORM, {"text": "灯坏", "place": town.compound.pk, "joins": str(first.case_id)})
    assert set(Case.objects.values_list("state", flat=True)) == {"received"}


def test_the_sign_does_not_tell_the_number(town: Town) -> None:
    first = report(town, "三号楼楼道灯不亮")
    page = Client().get(NEAR, {"text": "楼道灯不亮", "place": str(town.compound.pk)}).content.decode()
    assert first.number not in page


def test_called_back_with_nothing_but_a_number(town: Town) -> None:
    visitor = Client()
    refused = visitor.post(FORM, {"callback": "on"})
    assert "phone" in refused.context["form"].errors
    visitor.post(FORM, {"callback": "on", "phone": "10012345678"})
    case = Case.objects.get()
    assert (case.place_id, case.reporters.get().callback) == (town.county.pk, True)
    address = f"/public/r/{poster_code(town.compound.pk)}/"
    visitor.post(address, {"callback": "on", "phone": "10012345678"})
    assert Case.objects.latest("pk").place_id == town.compound.pk


def test_a_refused_report_keeps_what_was_typed(town: Town) -> None:
    for data in ({"text": "楼道灯坏了"}, {"text": "楼道灯坏了", "place": town.compound.pk, "photos": [b"no photo"]}):
        files = [type(photo())(item) for item in data.get("photos", [])]  # type: ignore[attr-defined]
        answer = Client().post(FORM, {**data, "photos": files})
        assert answer.status_code == 400
        assert "楼道灯坏了" in answer.content.decode()
    assert not Case.objects.exists()


def test_going_back_and_sending_something_else_is_another_matter(town: Town) -> None:
    visitor = Client()
    data = {"text": "灯坏了", "place": town.compound.pk, "key": "same"}
    visitor.post(FORM, data)
    again = visitor.post(FORM, {**data, "text": "水管漏水"})
    assert again.status_code == 409
    fresh = re.findall(r'name="key" value="([^"]+)"', again.content.decode())[0]
    assert fresh != "same"
    visitor.post(FORM, {**data, "text": "水管漏水", "key": fresh})
    assert Case.objects.count() == 2


def test_a_complaint_about_linli_goes_to_the_office_of_the_whole_place(town: Town) -> None:
    sent = Client().post("/public/about-linli/", {"text": "登录太慢", "place": town.compound.pk}, follow=True)
    case = Case.objects.get()
    assert (case.kind, case.place_id, case.desk_id) == ("platform", town.county.pk, town.county_office.pk)
    assert case.number in sent.content.decode()


def test_a_reporter_adds_a_word_and_nobody_else_does(town: Town) -> None:
    first = report(town, "三号楼楼道灯不亮")
    joined = case_join(actor=VISITOR, report=Report(text="我也是", place_id=town.compound.pk), into_id=first.case_id)
    word_add(actor=town.reporter(joined.case_id), case_id=joined.case_id, text="四楼也不亮")
    assert set(Note.objects.values_list("case_id", "public")) == {(joined.case_id, True), (first.case_id, False)}
    for actor, pk in ((town.desk, first.case_id), (town.reporter(first.case_id), joined.case_id)):
        with pytest.raises(DomainError) as refused:
            word_add(actor=actor, case_id=pk, text="x")
        assert refused.value.code in ("note.not_yours", "not_found")
    with pytest.raises(DomainError) as empty:
        word_add(actor=town.reporter(first.case_id), case_id=first.case_id, text=" ")
    assert empty.value.code == "note.text_missing"


def test_words_have_an_end(town: Town) -> None:
    receipt = report(town)
    own = town.reporter(receipt.case_id)
    for number in range(WORDS):
        word_add(actor=own, case_id=receipt.case_id, text=f"{number}")
    with pytest.raises(DomainError) as refused:
        word_add(actor=own, case_id=receipt.case_id, text="noch eins")
    assert refused.value.code == "note.too_many"


def test_the_reporter_sees_steps_with_dates_answers_and_own_photos(town: Town) -> None:
    visitor = Client()
    visitor.post(FORM, {"text": "灯坏了", "place": town.compound.pk, "photos": [photo()]})
    case = Case.objects.get()
    note_add(actor=town.desk, case_id=case.pk, text="明天来修", public=True)
    note_add(actor=town.desk, case_id=case.pk, text="内部说明")
    page = visitor.get(f"/public/cases/{case.number}/")
    words = page.content.decode()
    assert "明天来修" in words
    assert "内部说明" not in words
    assert [(step.code, bool(at)) for step, at in page.context["steps"]][:2] == [
        ("received", True),
        ("accepted", False),
    ]
    address = f"/public/cases/{case.number}/photos/{Attachment.objects.get().pk}/"
    assert visitor.get(address)["Content-Type"] == "image/webp"
    assert Client().get(address).status_code == 404


def test_a_resident_with_an_account_sees_the_own_matters_only(town: Town) -> None:
    one, other = resident("李大妈"), resident("王大爷")
    for client, text in ((one, "灯坏了"), (other, "井盖坏了")):
        client.post(FORM, {"text": text, "place": town.compound.pk})
    rows = one.get("/public/mine/").context["lines"]
    assert [row["case"].text for row in rows] == ["灯坏了"]
    number, foreign = Case.objects.get(text="灯坏了").number, Case.objects.get(text="井盖坏了").number
    again = Client()
    again.force_login(User.objects.get(username="李大妈"), backend=BACKEND)
    assert again.get(f"/public/cases/{number}/").status_code == 200
    assert again.get(f"/public/cases/{foreign}/").status_code == 404
    assert Client().get("/public/mine/").status_code == 302


def test_the_own_list_costs_the_same_whatever_its_length(town: Town) -> None:
    client = resident()
    client.post(FORM, {"text": "灯坏了", "place": town.compound.pk})
    short = queries(client, "/public/mine/")
    for number in range(12):
        client.post(FORM, {"text": f"灯坏了{number}", "place": town.compound.pk})
    assert queries(client, "/public/mine/") == short <= 10


def test_the_outbox_sends_fifty_once_each(town: Town, enter: Enter) -> None:  # noqa: F811
    walker = enter("grid_worker", town.grid)
    for _time in range(2):
        for number in range(50):
            data = {"key": f"phone-{number}", "text": f"路面坑洼{number}", "place": town.compound.pk}
            answer = walker.post("/cases/patrol/outbox/", data, headers={"accept": "application/json"})
            assert answer.status_code == 201
    rows = Case.objects.all()
    assert len({row.text for row in rows}) == len(rows) == 50
    assert {(row.door, row.source) for row in rows} == {("patrol", "grid_patrol")}
    own = walker.get(answer.json()["receipt"], follow=True)
    assert own.redirect_chain == [(f"/cases/{answer.json()['id']}/", 302)]


def test_the_outbox_refuses_in_words_and_takes_what_lies_elsewhere(town: Town, enter: Enter) -> None:  # noqa: F811
    walker = enter("grid_worker", town.grid)
    json = {"accept": "application/json"}
    foreign = walker.post("/cases/patrol/outbox/", {"key": "a", "text": "x", "place": town.elsewhere.pk}, headers=json)
    assert foreign.status_code == 201
    assert Case.objects.get(pk=foreign.json()["id"]).place_id == town.elsewhere.pk
    page = walker.get(foreign.json()["receipt"])
    assert follow_code_matches(Case.objects.get(pk=foreign.json()["id"]), page.context["code"])
    assert page.context["slip"]
    assert not walker.get(foreign.json()["receipt"]).context["code"]
    empty = walker.post("/cases/patrol/outbox/", {"key": "b", "text": "", "place": town.compound.pk}, headers=json)
    assert (empty.status_code, empty.json()["error"]["code"]) == (400, "form.invalid")
    assert Client().post("/cases/patrol/outbox/", {"key": "c", "text": "x"}, headers=json).status_code == 404
    assert Client().get("/cases/patrol/outbox/state/").json()["user"] == ""


def test_the_patrol_page_offers_the_places_of_the_grid(town: Town, enter: Enter) -> None:  # noqa: F811
    walker = enter("grid_worker", town.grid)
    offered = {pk for pk, _name in walker.get("/cases/patrol/").context["places"]}
    assert offered == {town.grid.pk, town.compound.pk}
    assert queries(walker, "/cases/patrol/") <= 12
    assert Client().get("/cases/patrol/").status_code == 404


def test_places_open_without_script(town: Town) -> None:
    page = Client().get("/public/report/places/", {"q": "幸福"}).content.decode()
    assert f"/public/r/{poster_code(town.compound.pk)}/" in page


def test_the_thread_of_a_merged_report_has_the_answers_but_no_word_of_the_other_reporter(town: Town) -> None:
    main = create_for(town, "taken", text="三楼灯坏了")
    joined = case_join(actor=VISITOR, report=Report(text="我也是", place_id=town.compound.pk), into_id=main.pk)
    note_add(actor=town.desk, case_id=main.pk, text="周三来修", public=True)
    word_add(actor=town.reporter(main.pk), case_id=main.pk, text="我家三零二")
    case_urge(actor=town.reporter(main.pk), case_id=main.pk, reason="老人摔了一跤")
    case_finish(actor=town.electrician, case_id=main.pk, result="已更换三楼灯泡")
    visitor = Client()
    visitor.post("/public/cases/", {"number": joined.number, "code": joined.code})
    page = visitor.get(f"/public/cases/{joined.number}/")
    text = page.content.decode()
    assert all(words in text for words in ("周三来修", "已更换三楼灯泡", "我也是", joined.number))
    assert not [words for words in ("我家三零二", "老人摔了一跤", "三楼灯坏了", main.number) if words in text]
    assert "urge" in [line.verb for line in page.context["timeline"]]
    owner = Client()
    session = owner.session
    session["followed"] = [main.pk]
    session.save()
    own = owner.get(f"/public/cases/{main.number}/").content.decode()
    assert all(words in own for words in ("我家三零二", "老人摔了一跤"))
