"""What a post may allow: the registry of abilities. Apps enter theirs; profiles hand them to kinds of posts.

Nothing here decides who holds an ability; that comes from the posts a person holds.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

# Duties that must lie with different people (GB/T 22239, separation of administration, security and audit).
SEPARATED: Final = ("system.configure", "security.manage", "audit.read")

_abilities: Final[dict[str, Any]] = {
    "cases.register": _("register matters"),
    "cases.view": _("see matters"),
    "cases.dispatch": _("accept and dispatch matters"),
    "cases.handle": _("handle matters of one's own body"),
    "cases.verify": _("verify what others have done"),
    "cases.supervise": _("urge and supervise"),
    "cases.arbitrate": _("decide returned and deferred matters"),
    "figures.view": _("see figures"),
    "figures.define": _("define figures"),
    "reports.write": _("write report templates"),
    "reports.issue": _("issue reports"),
    "assessments.run": _("run assessments and inspections"),
    "assessments.rate": _("rate, inspect and reply for one's body"),
    "asks.view": _("see the registry of asks"),
    "asks.propose": _("propose and send asks"),
    "asks.approve": _("approve asks"),
    "asks.answer": _("answer asks"),
    "territory.view": _("see the territory"),
    "territory.manage": _("change the territory"),
    "organizations.view": _("see the roster"),
    "organizations.manage": _("change organisations and posts"),
    "documents.view": _("read policy documents"),
    "documents.keep": _("record, correct and repeal policy documents"),
    "topics.view": _("see topics and resolutions"),
    "topics.host": _("lead topics through their steps"),
    "topics.except": _("skip steps and drop tasks with a reason"),
    "conventions.view": _("see conventions"),
    "conventions.draft": _("draft, publish and submit conventions"),
    "conventions.receive": _("receive conventions for filing"),
    "bodies.view": _("see self-government bodies and their elections"),
    "bodies.keep": _("propose self-government bodies and call their elections"),
    "bodies.receive": _("file elected bodies, for the street"),
    "orders.keep": _("keep a menu of services, and dispatch service orders"),
    "mediation.keep": _("keep mediations of a committee"),
    "mediation.mediate": _("mediate what one is named for"),
    "volunteering.keep": _("keep volunteers, their teams and projects"),
    "points.keep": _("keep the ledger of points and hours"),
    "shop.serve": _("hand over goods in points shops"),
    "shop.manage": _("keep points shops, their goods and settlements"),
    "bookings.book": _("book for the community what bodies share"),
    "bookings.lend": _("share what one's body has, and book for it"),
    "services.keep": _("keep service items and appointments, and take requests in"),
    "services.handle": _("handle service requests in the back office of one's body"),
    "venues.keep": _("keep venues: their hours, rooms, bookings and supplies"),
    "venues.decide": _("decide on uses of idle rooms"),
    "teams.keep": _("form teams around a task and keep them"),
    "contacts.keep": _("say who answers for which place"),
    "contacts.visit": _("visit the places one answers for"),
    "campaigns.run": _("plan, review and close campaigns"),
    "campaigns.work": _("say what is done and found at the places of campaigns"),
    "secondments.keep": _("send people to communities, and issue work lists to them"),
    "secondments.confirm": _("confirm for the community the days of those sent to it"),
    "secondments.send": _("write down insurance and funds of those whom one's body sends"),
    "secondments.serve": _("state one's own days on site"),
    "members.keep": _("register members who serve, and confirm what they did"),
    "members.supervise": _("supervise the pairings of one's own community"),
    "members.unit": _("register one's body with communities, and read totals of its members"),
    "training.plan": _("plan training and put down who came"),
    "credentials.verify": _("verify credentials of others"),
    "careers.nominate": _("nominate reserves of the community and keep its pool of talents"),
    "careers.manage": _("decide on reserves, promotions and staffing"),
    "careers.pay": _("write what community workers are paid"),
    "care.keep": _("keep who is cared for, to what they agreed, and what was given"),
    "care.view": _("see that care is given, without names"),
    "care.serve": _("give the care that one's body was asked for"),
    "emergencies.keep": _("keep emergency plans, and write help cards down at the desk"),
    "emergencies.activate": _("start and end emergencies"),
    "emergencies.assist": _("see the help cards of one's place while an emergency covers it"),
    "safety.keep": _("plan patrols, inspections and events, and re-check hazards"),
    "safety.inspect": _("inspect places, and fill posts of events for one's body"),
    "safety.view": _("see patrols, inspections and hazards"),
    "property.keep": _("say who manages which compound, and keep the contracts"),
    "property.view": _("see who manages which compound"),
    "circles.view": _("see what is within a walk of homes"),
    "circles.keep": _("bring in streets and have walks computed"),
    "notices.write": _("write notices of a place, and keep the group chats they go to"),
    "notices.approve": _("approve notices that others have written"),
    "disclosure.post": _("make public what the rules ask for"),
    "disclosure.withdraw": _("take back what was made public"),
    "meetings.view": _("see meetings and commitments"),
    "meetings.convene": _("convene meetings and keep their minutes"),
    "meetings.join": _("take part in meetings for one's body"),
    "polls.view": _("see votes"),
    "polls.run": _("run votes"),
    "funds.view": _("see accounts of courtyards and bodies"),
    "funds.keep": _("enter, approve and close accounts of one's body"),
    "funds.open": _("open accounts of courtyards and bodies"),
    "imports.run": _("run imports"),
    "system.configure": _("configure the system"),
    "calendar.edit": _("edit the working calendar"),
    "security.manage": _("manage accounts"),
    "audit.read": _("read the journal"),
}


def register_abilities(abilities: Mapping[str, Any]) -> None:
    """Enter abilities of an app with their labels; a code keeps the label it got first."""
    for code, label in abilities.items():
        _abilities.setdefault(code, label)


def abilities() -> Mapping[str, Any]:
    """Every ability by its code, with its label."""
    return dict(_abilities)
