"""The app `workforce`."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class WorkforceConfig(AppConfig):
    """How people who work in communities grow: training, credentials, mentoring, contests."""

    name = "linli.workforce"
    label = "workforce"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the profile section, kinds of work and the page of one's own training."""
        from linli.core.navigation import NavItem, register
        from linli.core.work import register_work
        from linli.records.profiles import register_section
        from linli.workforce import sections, workflow

        register_section("workforce", sections.WorkforceSection)
        register_work(*workflow.WORK)
        label = pgettext_lazy("training", "Training")
        register(NavItem("workforce", label, "star", "workforce:own", workflow.OWN, 7, group=workflow.GROUP))
