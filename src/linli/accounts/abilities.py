"""Abilities and the posts that grant them, as everyone above reads them. A profile's `posts.yaml` adds posts.

The registry and the section live in organizations, because appointing needs them; code checks abilities only.
"""

from linli.organizations.abilities import SEPARATED, abilities, register_abilities
from linli.organizations.sections import DEFAULTS, PostKind, PostsSection, kinds_in_force, post_kinds

__all__ = [
    "DEFAULTS",
    "SEPARATED",
    "PostKind",
    "PostsSection",
    "abilities",
    "kinds_in_force",
    "post_kinds",
    "register_abilities",
]
