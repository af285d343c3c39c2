"""The app `cases`."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Matters and their handling."""

    name = "linli.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Own the profile's `cases.yaml`; show handlers their list, which the shell shows to all others."""
        from django.utils.text import format_lazy
        from django.utils.translation import gettext_lazy as _

        from linli.cases import receivers  # noqa: F401  listening begins with the import
        from linli.cases.operations.telling import EXTENDED
        from linli.cases.policies import STAFF
        from linli.cases.queries.loads import loads
        from linli.cases.queries.tallies import counted_by_category
        from linli.cases.sections import CasesSection
        from linli.cases.words import DECISIONS, MESSAGES, WORK
        from linli.cases.workflow import CASE
        from linli.core.navigation import NavItem, register
        from linli.core.work import WorkKind, register_work
        from linli.messaging import kinds
        from linli.organizations.queries.answering import register_counting
        from linli.records.profiles import register_section
        from linli.territory.maps import register_loads

        register_section("cases", CasesSection)
        register_loads(loads, STAFF)
        register_counting(counted_by_category)
        register_work(*(WorkKind(code, label, code in DECISIONS) for code, label in WORK))
        kinds.register(
            *(kinds.MessageKind(code, label, "speakerphone") for code, label in MESSAGES),
            *(
                kinds.MessageKind(
                    f"case.state.{state.code}", _("Your matter"), sentence=format_lazy("{}: {}", _("Now"), state.label)
                )
                for state in CASE.states
            ),
            kinds.MessageKind(EXTENDED, _("Your matter"), sentence=_("More time was granted: now due by %(due)s.")),
        )
        register(NavItem("handled", _("Our matters"), "list-check", "cases:list", "cases.handle", 21))
