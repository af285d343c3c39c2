"""Every REST route refuses a visitor, but reporting and the sign of life."""

import re

from django.test import Client

from linli.api.routes import api

OPEN = {("post", "/api/v1/cases"), ("get", "/api/v1/health")}
# What a route must be asked with.
ASKED = {"locate": {"lng": "104", "lat": "26"}, "months": {"by": "street"}}


def test_every_route_refuses_a_visitor(db: None) -> None:
    answers = {}
    for path, verbs in api.get_openapi_schema()["paths"].items():
        for verb in verbs:
            if (verb, path) not in OPEN:
                address = re.sub(r"\{(\w+)\}", lambda found: "case" if found[1] == "code" else "1", path)
                body = "[]" if path.endswith("/batch") else "{}"
                query = ASKED.get(path.rpartition("/")[2], {})
                sent = getattr(Client(), verb)(
                    address,
                    **({"data": query} if verb == "get" else {"data": body, "content_type": "application/json"}),
                )
                answers[(verb, path)] = sent.status_code
    assert len(answers) >= 10
    assert set(answers.values()) == {403}, answers
