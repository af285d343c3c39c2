"""Members, postings and the proof, for the tests."""

from itertools import count
from typing import Any, Final

from linli.accounts.neighbourhood import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.bulk import next_ids
from linli.organizations.models import Person
from linli.points import queries
from linli.points.models import Account, Member, Transfer
from linli.points.operations.accounts import member_account, place_account
from linli.points.operations.posting import post
from linli.points.values import Move, Source
from linli.points.workflow import GIVEN, HOURS, ISSUE, POINTS
from linli.territory.models import Place

_numbers: Final = count(1)


def member_made(place: Place, person: Person | None = None, book: str = POINTS, **fields: Any) -> Member:
    """A member with an account; a person of their own where none is named."""
    who = person or Person.objects.create(name=fields.pop("name", "金秀英"), created=clock.now())
    pk = next_ids(Member, 1)[0]
    given = {"number": f"M{pk:07d}", "consent": "paper", "joined_on": clock.today(), **fields}
    row = Member.objects.create(id=pk, book=book, place=place, person=who, **given)
    member_account(row)
    return row


def account_of(member: Member) -> Account:
    """The account of a member, as it is now."""
    return Account.objects.get(member=member, kind="holder")


def given(member: Member, amount: int, source: Source | None = None, **fields: Any) -> Transfer:
    """Points given to a member by the place."""
    issue = place_account(member.book, ISSUE, member.place_id)
    wanted = source or Source("test", f"t{next(_numbers)}")
    move = Move(issue.pk, member_account(member).pk, amount, wanted, GIVEN, member.book)
    day = fields.pop("day", clock.today())
    return post(actor=SYSTEM, moves=[move], day=day, place_id=member.place_id, **fields)[0]


def proof() -> None:
    """Everything adds up: to zero, to the entries, to what is set aside; nothing is below its floor."""
    found = queries.proof()
    assert (found.books, found.accounts, found.holds) == ({}, 0, 0)
    assert all(row.available >= 0 for row in Account.objects.exclude(floor=None))


def ledger_made(cast: Cast) -> None:
    """Members here and in the other place, each with points and hours, for the tests over all routes."""
    for place in ("community", "far_community"):
        where = cast.places[place]
        member = member_made(where, name="金秀英")
        given(member, 30)
        given(member, 5)
        given(member_made(where, person=member.person, book=HOURS, consent="registration"), 90)
