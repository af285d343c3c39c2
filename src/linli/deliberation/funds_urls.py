"""Addresses of accounts of courtyards."""

from django.urls import path

from linli.deliberation.views import fund_counts, funds

app_name = "funds"

urlpatterns = [
    path("", funds.accounts, name="list"),
    path("new/", funds.account_new, name="new"),
    path("<int:pk>/", funds.account, name="account"),
    path("<int:pk>/enter/", funds.enter, name="enter"),
    path("<int:pk>/count/", fund_counts.count, name="count"),
    path("counts/<int:pk>/<slug:verb>/", fund_counts.count_do, name="count_do"),
    path("entries/<int:pk>/", funds.entry, name="entry"),
    path("entries/<int:pk>/<slug:verb>/", funds.entry_do, name="entry_do"),
    path("quarters/<int:pk>/", funds.quarter, name="quarter"),
    path("quarters/<int:pk>/<slug:verb>/", funds.quarter_do, name="quarter_do"),
    path("receipts/<int:pk>/", funds.receipt, name="receipt"),
    path("receipts/<int:pk>/<slug:verb>/", funds.receipt_do, name="receipt_do"),
]
