"""What is owed of a year, as work items of those who owe it: a quota stands on their list until it is met.

It hangs on one contact of somebody, whatever they hold, so that there is one item for each of them.
"""

from datetime import date, datetime

from django.db.models import Q

from linli.cases.operations.clocks import Holder, calendar_of
from linli.cases.operations.owing import owe
from linli.contacts.models import Contact, ContactMatter, Visit
from linli.contacts.queries.quotas import standings
from linli.contacts.workflow import CONTACT, YEAR_OWED
from linli.core import clock
from linli.core.models import WorkItem
from linli.organizations.models import Post
from linli.organizations.policies import held_on


def holder_of(person_id: int | None, organization_id: int | None) -> Holder | None:
    """Whose list it stands on: the body's, or that of a post which the person holds here. None where there is none."""
    if organization_id or not person_id:
        return Holder(organization_id=organization_id) if organization_id else None
    posts = Post.objects.filter(held_on(clock.today()), person_id=person_id, confirmed=True)
    post = posts.order_by("pk").values_list("pk", flat=True).first()
    return Holder(post_id=post) if post else None


def year_follow(who: Q | None = None) -> int:
    """Bring the items of the year up to date, of everybody or of some. Gives how many owe something."""
    today, who = clock.today(), who or Q()
    short = {
        (item.person_id, item.organization_id)
        for item in standings(who, today.year)
        if item.visits.short or item.solved.short
    }
    # The oldest of each comes last, so that it is the one that is kept by its key.
    rows = Contact.objects.filter(who, held_on(today)).select_related(
        "place__county", "place__street", "place__community"
    )
    first = {(row.person_id, row.organization_id): row for row in rows.order_by("-pk")}
    owing = [row.pk for key, row in first.items() if key in short and _owe(row, today)]
    items = WorkItem.objects.filter(kind=YEAR_OWED, subject_type=CONTACT, ended=None).exclude(subject_id__in=owing)
    items.filter(subject_id__in=Contact.objects.filter(who).values("pk")).update(ended=clock.now())
    return len(owing)


def of(row: Contact | Visit | ContactMatter) -> Q:
    """The contacts of whoever holds, visits or raises this."""
    return Q(person_id=row.person_id, organization_id=row.organization_id)


def _owe(first: Contact, today: date) -> bool:
    holder = holder_of(first.person_id, first.organization_id)
    if holder is None:
        return False
    due: datetime = clock.day_end(date(today.year, 12, 31))
    owe(YEAR_OWED, (CONTACT, first.pk), first.place.name, first.place_id, holder, due, calendar_of(first.place))
    return True
