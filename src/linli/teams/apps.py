"""The app `teams`."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class TeamsConfig(AppConfig):
    """Teams that form around a task: task forces, project teams, joint teams of several bodies."""

    name = "linli.teams"
    label = "teams"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the profile section, kinds of work and messages, the page of teams, and what matters tell of them."""
        from linli.cases.queries.beside import register_teller
        from linli.core.navigation import NavItem, register
        from linli.core.work import register_work
        from linli.messaging import kinds
        from linli.organizations.menu import MEMBERS
        from linli.records.profiles import register_section
        from linli.teams import sections, workflow
        from linli.teams.queries import TELLER

        register_section("teams", sections.TeamsSection)
        register_work(*workflow.WORK)
        register_teller(TELLER)
        kinds.register(*(kinds.MessageKind(code, label, "users", said) for code, label, said in workflow.MESSAGES))
        register(
            NavItem("teams", pgettext_lazy("team", "Teams"), "users", "teams:list", workflow.KEEP, 3, group=MEMBERS)
        )
