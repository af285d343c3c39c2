"""Pages of several domains that stand behind one entry of the navigation, so that an officer's day fits on a screen."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from linli.core.navigation import Group

MANAGED: Final = Group(_("Property and campaigns"), "map-pin", 42)
SERVED: Final = Group(_("Services for residents"), "list-check", 43)
VENUES: Final = Group(_("Venues and resources"), "calendar", 45)
VOLUNTEERS: Final = Group(_("Volunteers and points"), "star", 47)
MEMBERS: Final = Group(_("Members and teams"), "users", 48)
