"""Addresses of emergencies."""

from django.urls import path

from linli.emergencies import views

app_name = "emergencies"

urlpatterns = [
    path("", views.emergencies, name="list"),
    path("card/", views.card, name="card"),
    path("plans/<int:pk>/", views.plan, name="emergency_plan"),
    path("plans/<int:pk>/<slug:verb>/", views.plan_do, name="plan_do"),
    path("steps/<int:pk>/", views.step, name="activation_step"),
    path("<int:pk>/", views.activation, name="activation"),
    path("<int:pk>/<slug:verb>/", views.activation_do, name="do"),
]
