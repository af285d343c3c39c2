"""Addresses of the library of policy documents."""

from django.urls import path, re_path

from linli.publishing.views import policy_documents as views

app_name = "policy_documents"
urlpatterns = [
    path("", views.documents, name="list"),
    path("new/", views.document_new, name="new"),
    path("files/<int:pk>/", views.file, name="file"),
    path("files/<int:pk>/take-out/", views.file_detach, name="detach"),
    path("<int:pk>/", views.document, name="policy_document"),
    path("<int:pk>/correct/", views.document_correct, name="correct"),
    path("<int:pk>/successor/", views.document_succeed, name="succeed"),
    path("<int:pk>/attach/", views.document_attach, name="attach"),
    re_path(r"^(?P<pk>[0-9]{1,18})/(?P<verb>renew|replace|repeal|reinstate)/$", views.document_do, name="do"),
]
