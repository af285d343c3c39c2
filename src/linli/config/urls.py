"""The root of every address."""

from django.urls import include, path

urlpatterns = [
    path("api/", include("linli.api.urls")),
    path("cases/", include("linli.cases.urls")),
    path("territory/", include("linli.territory.urls")),
    path("organizations/", include("linli.organizations.urls")),
    path("messages/", include("linli.messaging.urls")),
    path("public/", include("linli.cases.public_urls")),
    path("public/", include("linli.organizations.public_urls")),
    path("public/", include("linli.publishing.disclosure_public_urls")),
    path("public/", include("linli.publishing.policy_documents_public_urls")),
    path("public/", include("linli.accountability.public_urls")),
    path("public/", include("linli.accountability.assessments_public_urls")),
    path("public/", include("linli.deliberation.polls_public_urls")),
    path("polls/", include("linli.deliberation.polls_urls")),
    path("public/", include("linli.deliberation.topics_public_urls")),
    path("topics/", include("linli.deliberation.topics_urls")),
    path("public/", include("linli.deliberation.meetings_public_urls")),
    path("meetings/", include("linli.deliberation.meetings_urls")),
    path("disclosure/", include("linli.publishing.disclosure_urls")),
    path("documents/", include("linli.publishing.policy_documents_urls")),
    path("figures/", include("linli.accountability.urls")),
    path("alerts/", include("linli.accountability.alerts_urls")),
    path("asks/", include("linli.accountability.asks_urls")),
    path("assessments/", include("linli.accountability.assessments_urls")),
    path("inspections/", include("linli.accountability.inspections_urls")),
    path("reports/", include("linli.accountability.reports_urls")),
    path("api-keys/", include("linli.api.page_urls")),
    path("open311/v2/", include("linli.api.open311_urls")),
    # Last, for every address is held against each of these.
    path("", include("linli.accounts.urls")),
    path("", include("linli.web.urls")),
    path("", include("linli.records.urls")),
]
