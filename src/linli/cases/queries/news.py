"""What the reporter of a matter may be told of it, on the phone, in a chat or on a slip: nothing personal or stale."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from linli.cases import sections
from linli.cases.models import Case
from linli.cases.queries.pages import CasePage, Held, case_page
from linli.cases.reading import public_text
from linli.cases.words import CALL
from linli.cases.workflow import OPEN, REASONED, UNDONE
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.organizations.models import Organization, Post
from linli.organizations.policies import held_on

# What was answered before one of these moves no longer holds.
AGAIN: Final = ("deny", "reject", "reopen")


@dataclass(frozen=True, slots=True)
class Slip:
    """What a printed slip says: the reporter's own matter, where it is handled, what was answered, who answers."""

    case: Case
    page: CasePage
    reason: str
    result: str
    answers: list[str]
    body: Organization | None
    phone: str

    @property
    def state(self) -> str:
        """The state as the place calls it."""
        return str(sections.flow().label(self.page.case.state))

    @property
    def held(self) -> list[Held]:
        """Who holds it now; whoever is given the slip need not be called any more."""
        return [item for item in holders(self.page.held) if item.kind != CALL]

    @property
    def who(self) -> str:
        """Who answers: a body, or where there is none whoever dispatches for the community or the place."""
        place = self.page.case.place
        return (self.body or place.community or place).name


def holders(held: Sequence[Held]) -> list[Held]:
    """Who holds a matter, as its reporter may read it: not what those above ask of one another."""
    return [item for item in held if not item.kind.startswith("supervision.")]


def standing(page: CasePage) -> list[str]:
    """Where a matter stands, as its reporter may be told: without a phone or the report itself."""
    case = page.case
    lines = [_("Number %(number)s: %(state)s.") % {"number": case.number, "state": sections.flow().label(case.state)}]
    if case.lead and case.state in OPEN:
        lines.append(_("It is with %(body)s.") % {"body": case.lead.name})
    if case.due and case.state in UNDONE:
        lines.append(_("Due by %(due)s.") % {"due": f"{case.due.astimezone(clock.SHANGHAI):%Y-%m-%d}"})
    if case.result_now:
        lines.append(_("What was done: %(result)s") % {"result": public_text(case.result_now)})
    return lines


def reason(case: Case) -> str:
    """The public reason, in the states to which one belongs."""
    return public_text(case.public_reason) if case.state in REASONED else ""


def answers(page: CasePage) -> list[str]:
    """What was answered publicly and still holds; the reporter's own words are no answer."""
    since = max((line.at for line in page.timeline if line.verb in AGAIN), default=None)
    said = [note for note in page.notes if note.public and not note.actor.startswith("reporter:")]
    return [public_text(note.text) for note in said if since is None or note.at is None or note.at > since]


def slip_for(pk: int) -> Slip:
    """The slip of a matter; one that was merged tells how the other stands. Says nothing about who may print it."""
    page = case_page(SYSTEM, pk)
    case = page.case
    if case.merged_into_id:
        page = case_page(SYSTEM, case.merged_into_id)
    shown = page.case
    body = shown.lead or shown.desk
    result = public_text(shown.result_now)
    return Slip(case, page, reason(shown), result, answers(page), body, _phone(body) if body else "")


def _phone(body: Organization) -> str:
    """The duty phone that a body posts for everybody."""
    posts = Post.objects.filter(held_on(clock.today()), organization=body, confirmed=True).exclude(duty_phone="")
    return posts.order_by("-lead", "id").values_list("duty_phone", flat=True).first() or ""
