"""Who may do what with reports: whoever reads figures reads them; writing and issuing are for the post's own place."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.accountability.models import ReportTemplate
from linli.accountability.policies.figures import VIEW
from linli.accountability.report_section import ReportsSection
from linli.core.actors import Actor
from linli.core.errors import NotAllowed, NotFound
from linli.organizations.models import Post
from linli.records import profiles
from linli.territory.models import Place

WRITE, ISSUE = "reports.write", "reports.issue"


def require_view(actor: Actor) -> None:
    """Refuse as if there were no reports. Raises: not_found"""
    if actor.key != "system" and not actor.can(VIEW):
        raise NotFound


def issued_visible_to(actor: Actor) -> Q:
    """Issued reports: all of them for people who read figures, for a key those of its own place."""
    return actor.places(VIEW) if actor.key.startswith("api-key:") else Q()


def may_write(actor: Actor, place: Place | None) -> bool:
    """Whether the actor may change templates of this place; those of the whole territory from its top only."""
    return actor.key == "system" or _reaches(actor, WRITE, place)


def require_write(actor: Actor, place: Place | None) -> None:
    """Refuse who may not. Raises: not_found, report.not_yours"""
    require_view(actor)
    if not may_write(actor, place):
        raise NotAllowed("report.not_yours", _("Your posts do not let you write templates of this place."))


def may_issue(actor: Actor, template: ReportTemplate, place: Place | None) -> bool:
    """Whether the actor may issue this report for a place, by their abilities and by who the profile says may."""
    if actor.key == "system":
        return True
    if template.retired or not _reaches(actor, ISSUE, place):
        return False
    entry = profiles.current().section(ReportsSection).entry(template.code)
    if entry is None or not entry.issuers:
        return True
    return Post.objects.filter(pk__in=actor.post_ids, kind__in=entry.issuers).exists()


def require_issue(actor: Actor, template: ReportTemplate, place: Place | None) -> None:
    """Refuse who may not. Raises: not_found, report.not_issuer"""
    require_view(actor)
    if not may_issue(actor, template, place):
        raise NotAllowed("report.not_issuer", _("Your posts do not let you issue this report for this place."))


def places_to_issue(actor: Actor) -> Q:
    """The places for which the actor may issue reports."""
    return Q() if actor.key == "system" else actor.places(ISSUE, prefix="")


def _reaches(actor: Actor, ability: str, place: Place | None) -> bool:
    return place is not None and actor.reaches(ability, path=place.path)
