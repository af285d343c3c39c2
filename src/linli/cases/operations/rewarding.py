"""What a report of something wrong at a place earns (VOL-13), by the rules of the place.

Only a matter about a place or a thing earns, never one about a body or a person, and only once it was verified and
closed as solved by somebody else. Whose name is hidden earns nothing, since the ledger would show it.
"""

from typing import Final

from django.db.models import Q

from linli.accounts.models import User
from linli.cases.models import Case, Reporter
from linli.core import clock
from linli.core.actors import Actor
from linli.points import sections
from linli.points.operations.earning import earn_many
from linli.points.values import Contribution, Source
from linli.points.workflow import REPORT

ABOUT_PLACES: Final = ("problem", "hazard")
VERIFIED: Final = ("reporter", "person")


def report_earns(*, actor: Actor, case: Case) -> None:
    """Post what the reporters of a closed matter and of those merged into it earn; a second time changes nothing."""
    today = clock.today()
    if not _true_of_a_place(case) or not any(rule.rewards(REPORT) for rule in sections.rules_on(today)):
        return
    rows = Reporter.objects.filter(Q(case=case) | Q(case__merged_into=case)).order_by("case__received_on", "case_id")
    reporters = list(rows)
    users = User.objects.filter(pk__in=[row.user_id for row in reporters if row.user_id])
    people = dict(users.exclude(person=actor.person_id).values_list("pk", "person_id"))
    earned = [
        Contribution(REPORT, person_id, Source("reporter", row.pk), today, case.place_id, 0, first=at == 0)
        for at, row in enumerate(reporters)
        if not row.hidden and (person_id := people.get(row.user_id or 0))
    ]
    earn_many(actor=actor, contributions=earned)


def _true_of_a_place(case: Case) -> bool:
    about_people = case.confidential or case.complained_of_id is not None or case.kind not in ABOUT_PLACES
    return not about_people and case.outcome == "resolved" and case.verification in VERIFIED
