"""The app `organizations`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganizationsConfig(AppConfig):
    """Organisations, people and their posts."""

    name = "linli.organizations"
    label = "organizations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Own `organizations.yaml` and `posts.yaml`, and tell the territory who answers for a place."""
        from linli.core.navigation import NavItem, register
        from linli.organizations import receivers  # noqa: F401  listening begins with the import
        from linli.organizations.queries import answering
        from linli.organizations.sections import OrganizationsSection, PostsSection
        from linli.records.profiles import register_section
        from linli.territory.queries import register_answerers

        register_section("organizations", OrganizationsSection)
        register_section("posts", PostsSection)
        register_answerers(answering.answerers)
        register(
            NavItem("posts", _("Roster"), "users", "organizations:roster", "organizations.view", 50),
            NavItem(
                "organizations",
                _("Organisations"),
                "building-community",
                "organizations:list",
                "organizations.view",
                52,
            ),
        )
