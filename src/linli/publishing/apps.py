"""The app `publishing`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    """What bodies make public, and the papers that bind them."""

    name = "linli.publishing"
    label = "publishing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Own the profile's `disclosure.yaml`; say what is owed of it and where its pages are."""
        from linli.core.navigation import NavItem, register
        from linli.core.work import register_work
        from linli.messaging import kinds
        from linli.publishing import (
            disclosure_section,
            receivers,  # noqa: F401  listening begins with the import
        )
        from linli.publishing.workflow.disclosure import MESSAGES, WORK
        from linli.publishing.workflow.policy_documents import VIEW
        from linli.publishing.workflow.policy_documents import WORK as DOCUMENT_WORK
        from linli.records.operations.profiles import register_check
        from linli.records.profiles import register_section

        register_section("disclosure", disclosure_section.DisclosureSection)
        register_check(disclosure_section.faults)
        register_work(*WORK, *DOCUMENT_WORK)
        kinds.register(*(kinds.MessageKind(code, label, "message-circle", said) for code, label, said in MESSAGES))
        register(NavItem("disclosure", _("Disclosure"), "eye", "disclosure:list", "disclosure.post", 45))
        documents = NavItem("documents", _("Policy documents"), "file-text", "policy_documents:list", VIEW, 58)
        register(documents)
        register(NavItem("stories", _("Stories and letters"), "star", "stories:list", "disclosure.post", 46))
