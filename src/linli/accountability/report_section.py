"""The profile section `reports`: which reports the place writes, from which Word file, and who may issue them."""

from linli.records import profiles
from linli.records.profiles import Labelled, Part


class ReportEntry(Labelled):
    """A report: its Word file in the profile's folder `reports/`, and the kinds of posts that may issue it.

    Without `issuers` whoever may issue reports of the place may issue it.
    """

    file: str
    issuers: tuple[str, ...] = ()


class AwaitedFigure(Labelled):
    """What reports tell and nobody records yet; as soon as there is a figure of this code or name, that is printed."""

    unit: str = ""
    refs: tuple[str, ...] = ()


class ReportsSection(Part):
    """`reports.yaml`."""

    reports: tuple[ReportEntry, ...] = ()
    awaited: tuple[AwaitedFigure, ...] = ()

    def entry(self, code: str) -> ReportEntry | None:
        """What the profile says of a report; nothing of those that were made in the browser."""
        return next((item for item in self.reports if item.code == code), None)


def awaited() -> dict[str, str]:
    """The names of what is awaited, each also by its code."""
    held = [item for item in profiles.current().section(ReportsSection).awaited if not item.retired]
    return {name: item.label for item in held for name in (item.code, item.label)}
