"""Addresses of the policy documents that everybody may read."""

from django.urls import path

from linli.publishing.views import policy_documents as views

app_name = "public_policy_documents"
urlpatterns = [
    path("documents/", views.public_documents, name="list"),
    path("documents/files/<int:pk>/", views.public_file, name="file"),
    path("documents/<int:pk>/", views.public_document, name="policy_document"),
]
