"""Addresses of accounts; signing in and second factors are allauth's, under /accounts/."""

from django.urls import path, re_path

from linli.accounts.views import auditing, managing, own

app_name = "accounts"
urlpatterns = [
    path("accounts/first/", own.activate, name="activate"),
    # Stands before allauth's own pages, which would send mail: nobody has given an address.
    re_path("^accounts/password/reset/", own.forgotten, name="forgotten"),
    path("me/", own.me, name="me"),
    path("me/password/", own.password, name="password"),
    path("me/correct/", own.correct, name="correct"),
    path("me/export.json", own.export, name="export"),
    path("me/close/", own.close, name="close"),
    path("security/accounts/", managing.accounts, name="accounts"),
    path("security/accounts/issue/", managing.issue, name="issue"),
    path("security/accounts/<int:pk>/lock/", managing.lock, name="lock"),
    path("security/journal/", auditing.journal, name="journal"),
    path("security/looks/", managing.looks, name="looks"),
    path("security/people/<int:pk>/phone/", managing.unmask, name="unmask"),
]
