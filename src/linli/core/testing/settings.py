"""The settings of processes that tests start to look at from outside: as everywhere, but for the hash of passwords.

Passwords of tests are no secrets; the hash of the product costs half a second at each of many signings in.
"""

from linli.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
