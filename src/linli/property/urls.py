"""Addresses of property management."""

from django.urls import path

from linli.property import views

app_name = "property"

urlpatterns = [
    path("", views.compounds, name="list"),
    path("gaps/", views.gaps, name="gaps"),
    path("compounds/<int:pk>/", views.compound, name="compound"),
    path("contracts/", views.contracts, name="contracts"),
    path("contracts/new/", views.contract_new, name="contract_new"),
    path("contracts/<int:pk>/", views.contract, name="contract"),
    path("contracts/<int:pk>/<slug:verb>/", views.contract_do, name="contract_do"),
]
