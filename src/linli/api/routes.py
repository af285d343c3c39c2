"""REST under /api/v1/: mounts what the domains offer in `<app>/api.py`, and answers errors in one form."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser
from pydantic import Field
from pydantic_core import from_json

from linli.accountability.alerts_api import router as alerts_router
from linli.accountability.api import models_router
from linli.accountability.api import router as figures_router
from linli.accountability.asks_api import router as asks_router
from linli.accountability.assessments_api import router as assessments_router
from linli.accountability.boards_api import router as boards_router
from linli.accountability.reports_api import router as reports_router
from linli.api.records import router as records_router
from linli.cases.api import router as cases_router
from linli.core import clock
from linli.core.errors import DomainError
from linli.core.rest import Refused, answer
from linli.territory.api import router as territory_router

REFUSED: Final = {
    "description": "Refused, in the one form of every refusal.",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Refused"}}},
}
SCHEMES: Final = {
    "key": {"type": "http", "scheme": "bearer", "description": "An API key, which the administrator issues."},
    "session": {"type": "apiKey", "in": "cookie", "name": "sessionid", "description": "Somebody signed in."},
}


class Bodies(Parser):
    """Reads JSON bodies; half characters and NUL, which no text may hold, are refused as malformed."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The document of a body."""
        body = from_json(request.body)
        if b"\\u0000" in request.body and holds_nul(body):
            raise ValueError("NUL")
        return body


def holds_nul(part: Any) -> bool:
    """Whether a text of a document holds NUL."""
    if isinstance(part, dict):
        return any(holds_nul(item) for pair in part.items() for item in pair)
    return any(map(holds_nul, part)) if isinstance(part, list) else isinstance(part, str) and "\0" in part


class Rest(NinjaAPI):
    """The API, whose description says of every operation who may ask and how it refuses."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """The description."""
        described = super().get_openapi_schema(**options)
        definitions = Refused.model_json_schema(ref_template="#/components/schemas/{model}")
        described["components"]["schemas"] |= {**definitions.pop("$defs"), "Refused": definitions}
        described["components"]["securitySchemes"] = SCHEMES
        described["security"] = [*({name: []} for name in SCHEMES), {}]
        for operations in described["paths"].values():
            for operation in operations.values():
                operation["responses"]["default"] = REFUSED
        return described


api = Rest(
    title="Linli", version="1", urls_namespace="api", docs_url=None, openapi_url="/openapi.json", parser=Bodies()
)
api.add_router("/cases", cases_router)
api.add_router("/figures", figures_router)
api.add_router("/models", models_router)
api.add_router("/asks", asks_router)
api.add_router("/assessments", assessments_router)
api.add_router("/boards", boards_router)
api.add_router("/alerts", alerts_router)
api.add_router("/reports", reports_router)
api.add_router("", territory_router)
api.add_router("", records_router)


class Health(Schema):
    """That the service answers."""

    state: str = Field(description="Always ok; a service that is not does not answer.")
    now: str = Field(description="Its clock.", json_schema_extra={"format": "date-time"})


@api.get("/health", response=Health)
def health(request: HttpRequest) -> HttpResponse:
    """That the service answers, and its clock."""
    return answer({"state": "ok", "now": clock.now().isoformat()})


@api.exception_handler(DomainError)
def domain_error(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Every refusal in one form, with its own status."""
    return answer({"error": error.as_dict()}, error.status)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Input that is not as the description says: which parts, and what is wrong with each."""
    faults = [f"{'.'.join(str(step) for step in item['loc'])}: {item['msg']}" for item in error.errors]
    text = _("The input is not as the description of the API says.")
    return answer({"error": {"code": "input.invalid", "message": text, "facts": {"faults": faults}}}, 422)


@api.exception_handler(HttpError)
def malformed(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A body that is no JSON."""
    text = _("The body cannot be read as JSON.")
    return answer({"error": {"code": "body.malformed", "message": text, "facts": {}}}, error.status_code)
