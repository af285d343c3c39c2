"""The app `notices`."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class NoticesConfig(AppConfig):
    """What places tell their people, who subscribes to it, and by which channels it goes."""

    name = "linli.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the profile section, kinds of work and messages, and the page; listen to who leaves."""
        from linli.core.navigation import NavItem, register
        from linli.core.work import register_work
        from linli.messaging import kinds
        from linli.notices import receivers, sections, workflow  # noqa: F401  listening begins with the import
        from linli.records.profiles import register_section

        register_section("notices", sections.NoticesSection)
        register_work(*workflow.WORK)
        kinds.register(
            *(kinds.MessageKind(code, label, "speakerphone", said) for code, label, said in workflow.MESSAGES)
        )
        sees = f"{workflow.WRITE} {workflow.APPROVE}"
        register(NavItem("notices", pgettext_lazy("notice", "Notices"), "speakerphone", "notices:list", sees, 44))
