"""Addresses of disclosure for those who work with it."""

from django.urls import path

from linli.publishing.views import disclosure

app_name = "disclosure"
urlpatterns = [
    path("", disclosure.overview, name="list"),
    path("new/", disclosure.choose, name="choose"),
    path("new/<slug:item>/", disclosure.post, name="new"),
    path("due/<int:pk>/", disclosure.due, name="disclosure_due"),
    path("questions/<int:pk>/", disclosure.question, name="publication_question"),
    path("questions/<int:pk>/hide/", disclosure.hide, name="hide"),
    path("<int:pk>/", disclosure.publication, name="publication"),
    path("<int:pk>/correct/", disclosure.correct, name="correct"),
    path("<int:pk>/withdraw/", disclosure.withdraw, name="withdraw"),
]
