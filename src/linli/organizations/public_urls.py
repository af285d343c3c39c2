"""Addresses that need no login: the posting cards of grids."""

from django.urls import path

from linli.organizations.views import posts

app_name = "public_organizations"
urlpatterns = [
    path("grids/<str:code>/", posts.grid_card, name="grid"),
    path("grids/<str:code>/card.pdf", posts.grid_card_print, name="grid_print"),
]
