"""Addresses of mediation."""

from django.urls import path

from linli.mediation import views

app_name = "mediations"

urlpatterns = [
    path("", views.mediations, name="list"),
    path("new/", views.mediation_new, name="new"),
    path("mine/", views.mine, name="mine"),
    path("<int:pk>/", views.mediation, name="mediation"),
    path("<int:pk>/agreement/", views.agreement_new, name="agreement"),
    path("<int:pk>/print/", views.agreement_print, name="print"),
    path("<int:pk>/<slug:verb>/", views.mediation_do, name="do"),
    path("parties/<int:pk>/consent/", views.consent, name="consent"),
    path("parties/<int:pk>/look/", views.look, name="look"),
    path("sessions/<int:pk>/record/", views.session_held, name="record"),
    path("items/<int:pk>/fulfil/", views.item_done, name="item"),
]
