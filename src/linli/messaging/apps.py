"""The app `messaging`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagingConfig(AppConfig):
    """Inboxes, and the channels beside them."""

    name = "linli.messaging"
    label = "messaging"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the channels of the house and the administrator's page; listen to who leaves."""
        from linli.core.navigation import NavItem, register
        from linli.messaging import channels, receivers  # noqa: F401  listening begins with the import
        from linli.messaging.channels.bots import ROBOTS, Mail
        from linli.messaging.channels.gateways import SmsGateway

        channels.register(SmsGateway(), Mail(), *ROBOTS)
        register(NavItem("outbox", _("Outbox"), "upload", "messaging:outbox", "system.configure", 84))
