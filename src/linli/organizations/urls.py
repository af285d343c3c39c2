"""Addresses of bodies, posts and people."""

from django.urls import path

from linli.organizations.views import bodies, groups, posts

app_name = "organizations"
urlpatterns = [
    path("", bodies.organization_list, name="list"),
    path("new/", bodies.organization_new, name="new"),
    path("matrix/", bodies.matrix, name="matrix"),
    path("missing/", bodies.missing, name="missing"),
    path("<int:pk>/", bodies.organization_detail, name="detail"),
    path("<int:pk>/change/", bodies.organization_change, name="change"),
    path("<int:pk>/end/", bodies.organization_end, name="end"),
    path("<int:pk>/move/", bodies.organization_move, name="move"),
    path("<int:pk>/seats/", bodies.seat_new, name="seat_new"),
    path("<int:pk>/grids/", bodies.grids, name="grids"),
    path("members-by-grid/<int:pk>/remove/", bodies.grid_leave, name="grid_leave"),
    path("seats/<int:pk>/end/", bodies.seat_close, name="seat_end"),
    path("<int:pk>/approve/", bodies.organization_approve, name="approve"),
    path("groups/", groups.group_list, name="groups"),
    path("groups/new/", groups.group_new, name="group_new"),
    path("groups/<int:pk>/end/", groups.group_end, name="group_end"),
    path("offers/", groups.offer_list, name="offers"),
    path("offers/new/", groups.offer_new, name="offer_new"),
    path("offers/<int:pk>/lend/", groups.offer_lend, name="offer_lend"),
    path("offers/<int:pk>/end/", groups.offer_end, name="offer_end"),
    path("posts/", posts.roster, name="roster"),
    path("posts/appoint/", posts.post_appoint, name="appoint"),
    path("posts/confirm/", posts.post_confirm, name="confirm"),
    path("posts/<int:pk>/", posts.post_detail, name="post"),
    path("posts/<int:pk>/end/", posts.post_end, name="post_end"),
    path("posts/<int:pk>/stand-in/", posts.stand_in, name="stand_in"),
    path("posts/<int:pk>/letter.pdf", posts.letter, name="letter"),
    path("hand-overs/<int:pk>.pdf", posts.hand_over, name="hand_over"),
    path("people/<int:pk>/", posts.person, name="person"),
    path("duty/", posts.duty, name="duty"),
    path("duty/<int:pk>/cancel/", posts.duty_cancel, name="duty_cancel"),
]
