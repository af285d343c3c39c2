"""What is public about a matter: only what the desk wrote, free of personal numbers, until it is withdrawn."""

import pytest

from linli.cases.models import PublicSummary
from linli.cases.operations.publishing import summary_publish, summary_withdraw
from linli.cases.queries.pages import case_page, summary_of
from linli.cases.tests.test_pages import Enter, enter
from linli.cases.tests.town import Town, create_for
from linli.cases.words import HAPPENED
from linli.core.errors import DomainError
from linli.core.models import Entry

__all__ = ["enter"]


def code_of(refused: pytest.ExceptionInfo[DomainError]) -> str:
    return refused.value.code


def test_the_desk_publishes_and_withdraws(town: Town) -> None:
    case = create_for(town, "accepted")
    summary_publish(actor=town.desk, case_id=case.pk, text="路灯已登记")
    summary_publish(actor=town.desk, case_id=case.pk, text="路灯已派单")
    found = summary_of(case_page(town.desk, case.pk).case)
    assert found is not None
    assert (found.text, PublicSummary.objects.count()) == ("路灯已派单", 1)
    summary_withdraw(actor=town.desk, case_id=case.pk)
    assert summary_of(case_page(town.desk, case.pk).case) is None
    assert Entry.objects.filter(operation__in=["case.publish", "case.withdraw_summary"]).count() == 3
    with pytest.raises(DomainError) as refused:
        summary_withdraw(actor=town.desk, case_id=case.pk)
    assert code_of(refused) == "summary.not_public"


@pytest.mark.parametrize("text", ["请联系10012345678", "证件110101199003070011", "电话010-10012345"])
def test_personal_numbers_are_refused(town: Town, text: str) -> None:
    case = create_for(town, "accepted")
    with pytest.raises(DomainError) as refused:
        summary_publish(actor=town.desk, case_id=case.pk, text=text)
    assert (code_of(refused), PublicSummary.objects.exists()) == ("summary.personal", False)


def test_only_the_desk_of_the_place_publishes(town: Town) -> None:
    case = create_for(town, "taken")
    codes = []
    for actor in (town.electrician, town.outsider):
        with pytest.raises(DomainError) as refused:
            summary_publish(actor=actor, case_id=case.pk, text="路灯")
        codes.append(code_of(refused))
    assert codes == ["summary.not_yours", "not_found"]


@pytest.mark.parametrize("kind", ["dispute", "complaint"])
def test_disputes_and_complaints_are_never_public(town: Town, kind: str) -> None:
    case = create_for(town, "received", kind=kind, complained_of=town.water.pk if kind == "complaint" else None)
    with pytest.raises(DomainError) as refused:
        summary_publish(actor=town.desk, case_id=case.pk, text="路灯")
    assert code_of(refused) in ("summary.confidential", "not_found")
    assert not PublicSummary.objects.exists()


def test_on_the_page(town: Town, enter: Enter) -> None:
    case = create_for(town, "accepted")
    desk = enter("community_worker", town.community, town.office)
    desk.post(f"/cases/{case.pk}/summary/", {"text": "路灯已登记"})
    assert desk.get(f"/cases/{case.pk}/").context["summary"].text == "路灯已登记"
    desk.post(f"/cases/{case.pk}/summary/", {"text": "电话10012345678"})
    assert PublicSummary.objects.get().text == "路灯已登记"
    desk.post(f"/cases/{case.pk}/summary/", {"withdraw": "1"})
    page = desk.get(f"/cases/{case.pk}/").context
    assert page["summary"] is None
    unsaid = [line.verb for line in page["page"].timeline if line.label == line.verb and line.verb not in HAPPENED]
    assert unsaid == []
