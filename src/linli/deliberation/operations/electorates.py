"""Who may vote: rights from a list become heads; codes on paper; proxies. All of it fixed when the poll opens."""

import secrets as chance
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import BinaryIO, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.intake import file_row
from linli.cases.queries.posters import SIGNS
from linli.core import clock, files, secrets
from linli.core.actors import Actor
from linli.core.bulk import next_ids
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.deliberation import polls_section
from linli.deliberation.models import Elector, Poll, PollProxy, PollRight, VotingCode
from linli.deliberation.operations.polls import done, locked
from linli.deliberation.workflow.polls import SHOWN
from linli.organizations.models import Post
from linli.organizations.policies import held_on

MOST: Final = 50_000
LARGEST: Final = Decimal(10) ** 7
CODE_SIGNS: Final = 10
TOLD: Final = 50


@dataclass(frozen=True, slots=True)
class Right:
    """A row of a list of those entitled: a unit with its area and owner, or somebody who votes as one head."""

    row: int
    name: str
    unit: str = ""
    area: Decimal | None = None
    key: str = ""
    phone: str = ""
    developer: bool = False


@transaction.atomic
def electorate_enter(*, actor: Actor, poll_id: int, rights: Sequence[Right]) -> Poll:
    """Take over who may vote, in place of what was entered before: several units of one owner are one head.

    Who is the same owner says a key, else name and phone together, else a name that stands there once.
    Raises: not_found, poll.not_yours, poll.state, poll.electorate with the faults of each row
    """
    poll = _open_to_change(actor, poll_id)
    if not 0 < len(rights) <= MOST:
        raise InvalidInput("poll.electorate", _("A list has 1 to %(most)s rows."), most=MOST, faults=[])
    keys = _keys(rights)
    faults = _faults(poll, rights, keys)
    if faults:
        message = _("The list was not taken in: %(count)s rows are wrong.")
        raise InvalidInput("poll.electorate", message, count=len(faults), faults=faults[:TOLD])
    _clear(poll)
    _write(poll, rights, keys)
    _counted(actor, poll, "list")
    return poll


@transaction.atomic
def electorate_from_posts(*, actor: Actor, poll_id: int, kind: str) -> Poll:
    """Let those vote who hold a post of a kind at the poll's place or below it: representatives, say. One head each.

    Raises: not_found, poll.not_yours, poll.state, poll.electorate
    """
    poll = _open_to_change(actor, poll_id)
    posts = Post.objects.filter(held_on(clock.today()), kind=kind, place__path__startswith=poll.place.path)
    people = {post.person_id: post.person for post in posts.select_related("person").order_by("pk") if post.person}
    if not people:
        raise InvalidInput("poll.electorate", _("Nobody holds such a post here."), faults=[])
    _clear(poll)
    Elector.objects.bulk_create(
        Elector(
            poll=poll,
            number=number,
            kind="resident",
            name=person.name,
            key_hash=_hash(poll, f"person:{person.pk}"),
            person=person,
        )
        for number, person in enumerate(people.values(), start=1)
    )
    _counted(actor, poll, kind)
    return poll


@transaction.atomic
def codes_issue(*, actor: Actor, poll_id: int, elector_ids: Sequence[int] = ()) -> list[tuple[Elector, str]]:
    """Codes to be printed for electors who have not voted, all or some; each takes the place of an earlier one.

    Raises: not_found, poll.not_yours, poll.state, poll.channels
    """
    poll = locked(actor, poll_id)
    if poll.state not in ("announced", "open"):
        raise RuleBroken("poll.state", _("Codes are printed between the announcement and the close."))
    if not poll.online:
        raise RuleBroken("poll.channels", _("This vote is on paper only."))
    electors = poll.electors.filter(mark=None).order_by("number")
    chosen = list(electors.filter(pk__in=elector_ids) if elector_ids else electors)
    if not chosen:
        raise NotFound
    codes = [_code() for _elector in chosen]
    VotingCode.objects.filter(elector__in=chosen).delete()
    VotingCode.objects.bulk_create(
        VotingCode(elector=elector, code_hash=secrets.match_hash(code, "voting-code"), made=clock.now())
        for elector, code in zip(chosen, codes, strict=True)
    )
    done(actor, "codes", poll, {"count": len(chosen)}, count=len(chosen))
    return list(zip(chosen, codes, strict=True))


def proxy_record(*, actor: Actor, poll_id: int, giver: int, holder: int, stream: BinaryIO, name: str) -> PollProxy:
    """Record by their numbers that one elector votes for another, with the signed paper.

    Raises: not_found, poll.not_yours, poll.state, poll.proxy, poll.proxy_limit, poll.voted, file.type, file.too_large,
    file.broken
    """
    stored = files.store(stream, allowed=files.PHOTOS | files.PAPERS)
    with transaction.atomic():
        poll = locked(actor, poll_id)
        if poll.state not in SHOWN[:2]:
            raise RuleBroken("poll.state", _("Proxies are recorded between the announcement and the close."))
        found = {row.number: row for row in poll.electors.filter(number__in=(giver, holder))}
        if len(found) < 2:
            raise InvalidInput("poll.proxy", _("Name two different numbers of the list of those who may vote."))
        _require_proxy(found[giver], found[holder])
        row = PollProxy.objects.create(
            giver=found[giver],
            holder=found[holder],
            file=file_row(stored, name or "file"),
            recorded=clock.now(),
            recorder=actor.key,
        )
        done(actor, "proxy", poll, {"giver": giver, "holder": holder})
    return row


def _require_proxy(giver: Elector, holder: Elector) -> None:
    if hasattr(giver, "mark"):
        raise RuleBroken("poll.voted", _("Number %(number)s has voted already."), number=giver.number)
    if hasattr(giver, "proxy") or PollProxy.objects.filter(holder=giver).exists() or hasattr(holder, "proxy"):
        message = _("Whoever has given a proxy holds none, and gives one only once.")
        raise RuleBroken("poll.proxy", message)
    most = polls_section.section().proxies
    if PollProxy.objects.filter(holder=holder).count() >= most:
        message = _("One person votes for at most %(most)s others.")
        raise RuleBroken("poll.proxy_limit", message, most=most)


def _open_to_change(actor: Actor, poll_id: int) -> Poll:
    poll = locked(actor, poll_id)
    if poll.state != "draft":
        raise RuleBroken("poll.state", _("Who may vote is settled once the vote is announced."))
    return poll


def _keys(rights: Sequence[Right]) -> list[str]:
    """By what each row's owner is known; empty where several rows have one name and nothing tells them apart."""
    bare = Counter(right.name for right in rights if not right.key and not right.phone and not right.developer)
    named = Counter(right.name for right in rights)
    return [_key(right, bare[right.name] == 1 == named[right.name]) for right in rights]


def _key(right: Right, alone: bool) -> str:
    if right.developer:
        return "developer"
    if right.key:
        return f"key:{secrets.normal_text(right.key)}"
    if right.phone:
        return f"phone:{secrets.normal_text(right.name)}:{secrets.normal_phone(right.phone)}"
    return f"name:{secrets.normal_text(right.name)}" if alone else ""


def _faults(poll: Poll, rights: Sequence[Right], keys: Sequence[str]) -> list[str]:
    """Everything wrong in a list, row by row."""
    units, heads = dict[str, int](), dict[str, Right]()
    faults = []
    for right, key in zip(rights, keys, strict=True):
        fault = _fault(poll, right, key, units, heads)
        if fault:
            faults.append(str(_("Row %(row)s: %(fault)s")) % {"row": right.row, "fault": fault})
        units.setdefault(secrets.normal_text(right.unit), right.row)
        heads.setdefault(key, right)
    return faults


def _fault(poll: Poll, right: Right, key: str, units: Mapping[str, int], heads: Mapping[str, Right]) -> str:
    first = units.get(secrets.normal_text(right.unit)) if right.unit else None
    before = heads.get(key) if key else None
    if not 0 < len(right.name) <= 60 or len(right.unit) > 60:
        return str(_("it has no name, or one that is too long"))
    if poll.by_area and not right.unit:
        return str(_("it names no unit"))
    if right.unit and (right.area is None or not 0 < right.area <= LARGEST):
        return str(_("its area is no number above 0"))
    if first is not None:
        return str(_("the unit stands in row %(row)s already")) % {"row": first}
    if not key:
        return str(_("several rows have this name; say by an owner's number or phone whether it is one person"))
    if before is not None and not right.unit:
        return str(_("this person stands in row %(row)s already")) % {"row": before.row}
    if before is not None and before.name != right.name and not right.developer:
        return str(_("the owner's number is that of another name in row %(row)s")) % {"row": before.row}
    return ""


def _clear(poll: Poll) -> None:
    poll.rights.all().delete()
    poll.electors.all().delete()


def _write(poll: Poll, rights: Sequence[Right], keys: Sequence[str]) -> None:
    held: dict[str, Elector] = {}
    ids = iter(next_ids(Elector, len(set(keys))))
    for right, key in zip(rights, keys, strict=True):
        if key not in held:
            held[key] = Elector(
                id=next(ids),
                poll=poll,
                number=len(held) + 1,
                kind="developer" if right.developer else "owner" if right.unit else "resident",
                name=right.name,
                key_hash=_hash(poll, key),
                area=Decimal(0),
            )
        held[key].area += right.area or 0
    Elector.objects.bulk_create(held.values(), batch_size=1000)
    PollRight.objects.bulk_create(
        (
            PollRight(
                poll=poll,
                elector=held[key],
                unit=right.unit,
                unit_hash=secrets.match_hash(right.unit, "poll-unit"),
                area=right.area or 0,
            )
            for right, key in zip(rights, keys, strict=True)
            if right.unit
        ),
        batch_size=1000,
    )


def _counted(actor: Actor, poll: Poll, source: str) -> None:
    heads = poll.electors.count()
    poll.version += 1
    poll.save(update_fields=["version"])
    done(actor, "electorate", poll, {"heads": heads, "source": source}, count=heads)


def _hash(poll: Poll, key: str) -> bytes:
    return secrets.keyed_hash(f"{poll.pk}:{key}", "elector")


def _code() -> str:
    return "".join(chance.choice(SIGNS) for _sign in range(CODE_SIGNS))
