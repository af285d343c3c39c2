"""Whoever asks gets what is kept of them, from every model that leads to an account or a person."""

from typing import Final

import pytest
from django.apps import apps
from django.test import Client

from linli.accounts.models import User
from linli.accounts.queries import kept_of
from linli.accounts.testing import Cast
from linli.messaging.models import Message, Preference
from linli.organizations.models import Person

# What is told in another way, or is not about whom it leads to.
ELSEWHERE: Final = {
    "accounts.User.person": "told as the account",
    "organizations.Post.person": "told as the posts",
    "accounts.PaperCode.user": "a hash",
    "messaging.Delivery.user": "on its way to the address of the preference, and forgotten there",
    "activities.ServiceRecord.attested_by": "the service of somebody else",
    "cases.Case.handler": "the matter of somebody else",
}
FOREIGN: Final = ("account", "mfa", "socialaccount")


def test_every_model_that_leads_to_somebody_tells_them_what_it_keeps() -> None:
    leading = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model in (User, Person) and model._meta.app_label not in FOREIGN
    }
    told = {f"{model._meta.label}.{owned.by}" for model in apps.get_models() for owned in getattr(model, "owned", ())}
    assert leading - told == ELSEWHERE.keys()
    assert told & ELSEWHERE.keys() == set()


@pytest.mark.django_db
def test_one_gets_ones_own_and_nobody_elses(cast: Cast, client: Client) -> None:
    # Every name of a field is right, whoever has rows.
    user = cast.users["grid_worker"]
    assert {label.split(".")[0] for label, _rows in kept_of(user)} > {"messaging", "orders", "members", "care"}
    for role in ("grid_worker", "community_worker"):
        Preference.objects.create(user=cast.users[role], channel="email", address=f"{role}@example.org")
    Message.objects.filter(user=user).delete()
    client.force_login(user, "linli.accounts.backends.PhoneOrNameBackend")
    kept = client.get("/me/export.json").json()["kept"]
    assert kept["messaging.preference.user"] == [
        {"channel": "email", "address": "grid_worker@example.org", "pace": Preference._meta.get_field("pace").default}
    ]
    assert "messaging.message.user" not in kept
