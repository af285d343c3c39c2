"""Accounts at the same moment, in real threads on a database of their own: the last money is spent once."""

from functools import partial

from linli.accounts.neighbourhood import neighbourhood
from linli.core import clock
from linli.core.testing.fixtures import OwnDatabase
from linli.deliberation.models import FundAccount
from linli.deliberation.operations.fund_quarters import fund_quarter_close
from linli.deliberation.operations.funds import fund_approve, fund_reverse
from linli.deliberation.tests.funds import START, approved, entered, opened, quarter
from linli.deliberation.tests.test_polls_at_once import answers


def test_the_last_money_is_spent_once_and_nothing_counts_twice(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    with clock.frozen(START):
        account = opened(cast)
        rows = [entered(cast, account, "400") for _number in range(5)]
        calls = [partial(fund_approve, actor=cast.second_worker, entry_id=row.pk) for row in rows]
        # Twice each: of five times four hundred a thousand pays two, whoever comes first.
        found = answers(own_database.together(*calls, *calls))
        assert found["ok"] == 2
        assert set(found) <= {"ok", "fund_entry.balance", "fund_entry.state"}
        assert FundAccount.objects.get().balance_fen == 20000
        kept = account.entries.filter(state="approved")[0]
        back = partial(fund_reverse, actor=cast.second_worker, entry_id=kept.pk, reason="付错")
        assert answers(own_database.together(back, back, back)) == {"ok": 1, "fund_entry.reversed": 2}


def test_a_close_and_an_approval_at_once_leave_nothing_out(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    with clock.frozen(START):
        account = opened(cast)
        approved(cast, account, "100")
        row, waiting = quarter(account), entered(cast, account, "50")
        close = partial(fund_quarter_close, actor=cast.secretary, quarter_id=row.pk)
        approve = partial(fund_approve, actor=cast.second_worker, entry_id=waiting.pk)
        found = answers(own_database.together(close, approve, close, approve))
        assert found["ok"] in (1, 2)
        assert set(found) <= {"ok", "fund_quarter.undecided", "fund_quarter.state", "fund_entry.state"}
        row.refresh_from_db()
        if row.state == "open":
            row = close()
    assert (row.closing_fen, FundAccount.objects.get().balance_fen) == (85000, 85000)
