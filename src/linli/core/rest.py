"""What the REST doors share: who asks, answers as JSON, errors, and how queries are described.

A schema describes an answer and tests hold real answers to it; no answer pays for being checked. Checking a list of
fifty rows would cost a fifth of the whole request.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import Field
from pydantic_core import to_json

from linli.core.actors import Actor
from linli.core.errors import NotAllowed

JSON: Final = "application/json; charset=utf-8"


class Refusal(Schema):
    """Why something was refused."""

    code: str = Field(description="A stable code, such as `case.not_yours`; programs go by it.")
    message: str = Field(description="The reason in the reader's language.")
    facts: dict[str, Any] = Field(description="What the reason speaks of: the field, the limit, both versions.")


class Refused(Schema):
    """The one form of every refusal."""

    error: Refusal


def answer(document: Any, status: int = 200) -> HttpResponse:
    """A document as JSON, without checking it against its schema."""
    return HttpResponse(to_json(document, inf_nan_mode="null"), content_type=JSON, status=status)


def signed_in(request: HttpRequest) -> Actor:
    """Who asks; a visitor is refused. Raises: api.not_signed_in"""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor) or not actor.known:
        raise NotAllowed("api.not_signed_in", _("Sign in, or send an API key."))
    return actor


def asked_by(query: Mapping[str, str], headers: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Texts that may stand in the query or the head of a request, each with its meaning, for the description."""
    named = [("query", *item) for item in query.items()] + [("header", *item) for item in (headers or {}).items()]
    return {
        "parameters": [
            {"in": where, "name": name, "required": False, "schema": {"type": "string"}, "description": meaning}
            for where, name, meaning in named
        ]
    }


def one_of(*codes: str) -> dict[str, Any]:
    """For a field's description: the codes that it may hold."""
    return {"enum": list(codes)}
