"""Posters: their codes, the short address that brings the place along, and who prints them."""

import pytest
from django.test import Client

from linli.cases.models import Case
from linli.cases.queries.posters import SIGNS, below, full_name, place_of_poster, poster_code, within
from linli.cases.tests.test_pages import Enter, enter  # noqa: F401
from linli.cases.tests.town import Town, actor, place
from linli.core import clock, printing
from linli.territory.models import Place


def test_every_place_has_a_code_that_finds_it(town: Town) -> None:
    for row in Place.objects.all():
        assert place_of_poster(poster_code(row.pk).lower()) == row


@pytest.mark.parametrize("number", [1, 30, 31, 32, 961, 987_654])
def test_a_code_read_wrongly_is_no_other_place(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(Place, "objects", _Recording(asked))
    code = poster_code(number)
    for at, sign in enumerate(code):
        for other in SIGNS:
            if other != sign:
                place_of_poster(code[:at] + other + code[at + 1 :])
    for at in range(len(code) - 1):
        swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
        if swapped != code:
            place_of_poster(swapped)
    assert asked == []
    place_of_poster(code)
    assert asked == [number]


class _Recording:
    """Stands for the table of places and notes which ids are asked for."""

    def __init__(self, asked: list[int]) -> None:
        self.asked = asked

    def select_related(self, *_names: str) -> "_Recording":
        return self

    def filter(self, **terms: object) -> "_Recording":
        if "pk" in terms:
            assert isinstance(terms["pk"], int)
            self.asked.append(terms["pk"])
        return self

    def first(self) -> None:
        return None


def test_a_poster_of_a_redrawn_place_leads_to_its_successor(town: Town) -> None:
    heir = place("幸福新苑", town.community, "compound")
    Place.objects.filter(pk=town.compound.pk).update(until=clock.today(), successor=heir)
    assert place_of_poster(poster_code(town.compound.pk)) == heir
    Place.objects.filter(pk=heir.pk).update(until=clock.today())
    assert place_of_poster(poster_code(town.compound.pk)) is None


def test_the_poster_brings_the_place_along(town: Town) -> None:
    visitor = Client()
    address = f"/public/r/{poster_code(town.compound.pk)}/"
    assert full_name(town.compound) in visitor.get(address).content.decode()
    sent = visitor.post(address, {"text": "楼道灯坏了"}, follow=True)
    assert Case.objects.get().place_id == town.compound.pk
    assert Case.objects.get().number in sent.content.decode()


def test_a_poster_that_leads_nowhere_still_lets_one_report(town: Town) -> None:
    visitor = Client()
    page = visitor.get("/public/r/ABC23/")
    assert (page.status_code, page.context["lost"], page.context["place"]) == (200, True, None)
    assert visitor.post("/public/r/ABC23/", {"text": "灯坏了"}).status_code == 400
    assert not Case.objects.exists(), "no place is guessed"
    visitor.post("/public/r/ABC23/", {"text": "灯坏了", "place": town.compound.pk})
    assert Case.objects.get().place_id == town.compound.pk


def test_a_grid_worker_reaches_what_is_in_the_grid(town: Town) -> None:
    from_grid = within(actor("walker", "grid_worker", town.grid), ("cases.register",))
    assert set(Place.objects.filter(from_grid)) == {town.grid, town.compound}
    assert set(Place.objects.filter(below(town.grid))) == {town.grid, town.compound}


def test_posters_are_printed_for_ones_own_places_only(
    town: Town,
    enter: Enter,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(printing, "pdf", lambda html: html.encode())
    place("1号楼", town.compound, "building")
    desk = enter("community_worker", town.community, town.office)
    listed = desk.get("/cases/posters/")
    assert [row.pk for row, _name in listed.context["lines"]] == [town.compound.pk]
    one = desk.get(f"/cases/posters/{town.compound.pk}.pdf")
    every = desk.get(f"/cases/posters/{town.compound.pk}.pdf?all=1")
    assert [answer.content.count(b"<section>") for answer in (one, every)] == [1, 2]
    assert desk.get(f"/cases/posters/{town.elsewhere.pk}.pdf").status_code == 404
    assert Client().get(f"/cases/posters/{town.compound.pk}.pdf").status_code == 404
