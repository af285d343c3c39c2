"""Addresses of secondments."""

from django.urls import path

from linli.secondments import views

app_name = "secondments"

urlpatterns = [
    path("", views.secondments, name="list"),
    path("new/", views.secondment_new, name="new"),
    path("short/", views.short, name="short"),
    path("months/", views.months, name="months"),
    path("months/<int:pk>/", views.month, name="secondment_month"),
    path("months/<int:pk>/<slug:verb>/", views.month_do, name="month_do"),
    path("lists/", views.work_lists, name="lists"),
    path("lists/new/", views.work_list_new, name="list_new"),
    path("lists/<int:pk>/", views.work_list, name="work_list"),
    path("items/<int:pk>/", views.item_done, name="item"),
    path("selections/", views.selections, name="selections"),
    path("selections/new/", views.selection_new, name="selection_new"),
    path("selections/<int:pk>/", views.selection, name="selection"),
    path("selections/<int:pk>/<slug:verb>/", views.selection_do, name="selection_do"),
    path("reviews/<int:pk>/", views.review, name="review"),
    path("reviews/<int:pk>/correct/", views.review_correct, name="review_correct"),
    path("reviews/<int:pk>/answer/", views.review_answer, name="review_answer"),
    path("<int:pk>/", views.secondment, name="secondment"),
    path("<int:pk>/review/", views.review_new, name="review_new"),
    path("<int:pk>/<slug:verb>/", views.secondment_do, name="do"),
]
