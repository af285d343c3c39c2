"""Fixtures for every test. They are named here because pytest-django's own come after those of plugins."""

from linli.accounts.testing import cast
from linli.core.testing.demo import demo_database, demo_place
from linli.core.testing.fixtures import database_stand, django_db_setup, no_network, own_database

__all__ = [
    "cast",
    "database_stand",
    "demo_database",
    "demo_place",
    "django_db_setup",
    "no_network",
    "own_database",
]
