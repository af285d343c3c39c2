"""Public addresses of accounts of courtyards."""

from django.urls import path

from linli.deliberation.views import funds_public

app_name = "public_funds"

urlpatterns = [
    path("funds/<int:pk>/account/", funds_public.account, name="account"),
    path("funds/quarters/<int:pk>/", funds_public.quarter, name="quarter"),
    path("funds/receipts/<int:pk>/", funds_public.receipt, name="receipt"),
    path("funds/<slug:code>/", funds_public.place, name="place"),
]
