"""The app `contacts`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContactsConfig(AppConfig):
    """Who answers for which street, community and grid, their visits and what came of them."""

    name = "linli.contacts"
    label = "contacts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the profile section, kinds of work, what is told beside matters, and the pages of contacts."""
        from linli.cases.queries.beside import register_teller
        from linli.contacts import receivers, sections, workflow  # noqa: F401
        from linli.contacts.queries.visits import TELLER
        from linli.core.navigation import Group, NavItem, register
        from linli.core.work import register_work
        from linli.organizations.policies import VIEW
        from linli.records.profiles import register_section

        register_section("contacts", sections.ContactsSection)
        register_work(*workflow.WORK)
        register_teller(TELLER)
        group = Group(_("Contacts and visits"), "map-pin", 46)
        seen = f"{VIEW} {workflow.KEEP} {workflow.VISITS}"
        pages = (
            ("mine", _("My contact points"), workflow.VISITS),
            ("list", _("Who answers for what"), seen),
            ("visits", _("Visits"), seen),
            ("standing", _("Quotas of the year"), seen),
            ("gaps", _("Places without a contact"), seen),
        )
        register(
            *(
                NavItem(f"contacts_{name}", label, "map-pin", f"contacts:{name}", ability, at, group=group)
                for at, (name, label, ability) in enumerate(pages)
            )
        )
