"""The app `deliberation`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DeliberationConfig(AppConfig):
    """What residents and bodies decide together: procedures, votes, forums, joint meetings."""

    name = "linli.deliberation"
    label = "deliberation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the profile sections, kinds of work and pages of deliberation."""
        from linli.cases.queries.beside import register_teller
        from linli.core.navigation import Group, NavItem, register
        from linli.core.work import register_work
        from linli.deliberation import (
            bodies_section,
            conventions_section,
            funds_section,
            meetings_section,
            polls_section,
            procedures_section,
            receivers,  # noqa: F401  listening begins with the import
            squads_section,
        )
        from linli.deliberation.queries.of_matters import TELLER
        from linli.deliberation.workflow import bodies, conventions, funds, meetings, squads
        from linli.deliberation.workflow import polls as poll_words
        from linli.deliberation.workflow import topics as topic_words
        from linli.records.operations.profiles import register_check
        from linli.records.profiles import register_section

        register_teller(TELLER)
        register_section("bodies", bodies_section.BodiesSection)
        register_check(bodies_section.faults)
        register_section("conventions", conventions_section.ConventionsSection)
        register_section("funds", funds_section.FundsSection)
        register_check(funds_section.faults)
        register_section("meetings", meetings_section.MeetingsSection)
        register_section("polls", polls_section.PollsSection)
        register_check(meetings_section.faults)
        register_section("procedures", procedures_section.ProceduresSection)
        register_check(procedures_section.faults)
        register_section("squads", squads_section.SquadsSection)
        register_work(*squads.WORK)
        register_work(*bodies.WORK, *conventions.WORK, *funds.WORK, *meetings.WORK, *poll_words.WORK, *topic_words.WORK)
        together = Group(_("Deliberation"), "message-circle", 44)
        sees = f"{meetings.VIEW} {meetings.JOIN}"
        sits, agreed = _("Forums and meetings"), pgettext_lazy("deliberation", "Conventions")
        own, talking = pgettext_lazy("squad", "Squads"), pgettext_lazy("topic group", "Topic groups")
        kept, governing = pgettext_lazy("fund", "Accounts"), _("Self-government bodies")
        register(
            NavItem("topics", _("Topics"), "message-circle", "topics:list", topic_words.VIEW, 1, group=together),
            NavItem("meetings", sits, "calendar", "meetings:calendar", sees, 2, group=together),
            NavItem("polls", _("Votes"), "circle-check", "polls:list", poll_words.VIEW, 3, group=together),
            NavItem("conventions", agreed, "file-text", "conventions:list", conventions.VIEW, 4, group=together),
            NavItem("funds", kept, "list-check", "funds:list", funds.VIEW, 5, group=together),
            NavItem("bodies", governing, "users", "bodies:list", bodies.VIEW, 6, group=together),
            NavItem("squads", own, "users", "squads:list", bodies.VIEW, 7, group=together),
            NavItem("topic_groups", talking, "message-circle", "topic_groups:list", bodies.VIEW, 8, group=together),
        )
