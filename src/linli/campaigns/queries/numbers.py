"""The numbers of a campaign, from its own rows."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Count, Q, Sum

from linli.campaigns.models import Campaign, CampaignMark


@dataclass(frozen=True, slots=True)
class Numbers:
    """How far a campaign is: places by items, households, findings."""

    items: int
    units: int
    places: int
    households: int
    fields: int
    marked: int
    findings: int
    findings_done: int
    findings_matters: int

    @property
    def fields_open(self) -> int:
        """Fields of places and items that nobody has marked."""
        return self.fields - self.marked

    @property
    def findings_loose(self) -> int:
        """Findings that are neither put right nor live on as a matter."""
        return self.findings - self.findings_done - self.findings_matters

    @property
    def share(self) -> int | None:
        """How many of a hundred fields are marked; None where there are none."""
        return 100 * self.marked // self.fields if self.fields else None

    def told(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)


def numbers_of(row: Campaign) -> Numbers:
    """The numbers of a campaign; those of one that is over are as they were then."""
    if row.numbers:
        return Numbers(**row.numbers)
    items = row.items.filter(until=None).count()
    reached = row.targets.filter(until=None, begun=True).aggregate(count=Count("pk"), households=Sum("households"))
    marks = CampaignMark.objects.filter(item__campaign=row, item__until=None, target__until=None)
    found = row.findings.aggregate(
        count=Count("pk"),
        done=Count("pk", filter=Q(state="done")),
        matters=Count("pk", filter=Q(state="open", case__isnull=False)),
    )
    return Numbers(
        items=items,
        units=row.units.count(),
        places=reached["count"],
        households=reached["households"] or 0,
        fields=items * reached["count"],
        marked=marks.filter(target__begun=True).count(),
        findings=found["count"],
        findings_done=found["done"],
        findings_matters=found["matters"],
    )
