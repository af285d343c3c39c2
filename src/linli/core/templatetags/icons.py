"""An icon of the sprite, on every page without loading anything: `{% icon "bell" %}`."""

from functools import cache
from html import escape

from django import template
from django.templatetags.static import static
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """The icon of that name, which says nothing to those who do not see it."""
    drawn = f'<use href="{_sprite()}#{escape(name)}"></use>'
    return SafeString(f'<svg class="icon" aria-hidden="true" focusable="false">{drawn}</svg>')


@cache
def _sprite() -> str:
    return static("build/icons.svg")
