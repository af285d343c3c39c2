"""Accounts, found or opened. Two that open the same one at once get the same: the database holds each but once."""

from typing import Any, Final

from linli.points.models import Account, Member
from linli.points.workflow import FLOORLESS, HOLDER


def holder_account(book: str, person_id: int | None) -> Account | None:
    """The account of somebody who joined a book and did not leave; None: nothing is posted for them."""
    if not person_id:
        return None
    held = Account.objects.filter(book=book, kind=HOLDER, member__person_id=person_id, member__left_on=None)
    return held.first()


def member_account(member: Member, kind: str = HOLDER) -> Account:
    """The account of a member."""
    return _opened(member.book, kind, member.place_id, member_id=member.pk)


def organization_account(book: str, kind: str, organization_id: int, place_id: int) -> Account:
    """The account of a team or a partner shop."""
    return _opened(book, kind, place_id, organization_id=organization_id)


def subject_account(kind: str, subject_type: str, subject_id: int | str, place_id: int, book: str) -> Account:
    """The account of a thing: the stock of an item, the budget of a campaign."""
    return _opened(book, kind, place_id, subject_type=subject_type, subject_id=str(subject_id))


def place_account(book: str, kind: str, place_id: int) -> Account:
    """The account of a place: what it gave, what was used or expired there, its budget.

    One for each place, so that posting here does not wait for posting there.
    """
    return _opened(book, kind, place_id)


_ALONE: Final[dict[str, Any]] = {"member": None, "organization": None, "subject_type": ""}


def _opened(book: str, kind: str, place_id: int, **owner: Any) -> Account:
    wanted = {"book": book, "kind": kind, **(owner or {**_ALONE, "place_id": place_id})}
    found = Account.objects.filter(**wanted).first()
    if found is not None:
        return found
    floor = None if kind in FLOORLESS else 0
    new = Account(book=book, kind=kind, place_id=place_id, floor=floor, **owner)
    # Whoever comes second waits for the first, and finds theirs.
    Account.objects.bulk_create([new], ignore_conflicts=True)
    return Account.objects.get(**wanted)
