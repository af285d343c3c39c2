"""Addresses of matters for those who work on them."""

from django.urls import path, re_path

from linli.cases.views import actions, blurring, calling, desk, lists, many, offers, patrol, posters, powers, publishing

app_name = "cases"
urlpatterns = [
    path("", lists.case_index, name="list"),
    re_path(r"^export\.(?P<form>csv|xlsx)$", lists.case_export, name="export"),
    path("powers/", powers.powers, name="powers"),
    path("answers/<slug:code>.xlsx", many.answers, name="answers"),
    path("bulk/", many.bulk, name="bulk"),
    path("filters/", many.save_filter, name="save_filter"),
    path("filters/<int:pk>/", many.forget_filter, name="forget_filter"),
    path("desk/", desk.desk, name="desk"),
    path("desk/read/", desk.read, name="desk_read"),
    path("desk/places/", desk.places, name="desk_places"),
    path("desk/suggest/", desk.suggest, name="desk_suggest"),
    path("desk/receipt/", desk.receipt, name="receipt"),
    path("patrol/", patrol.patrol, name="patrol"),
    path("patrol/outbox/", patrol.outbox, name="outbox"),
    path("patrol/outbox/state/", patrol.outbox_state, name="outbox_state"),
    path("posters/", posters.posters, name="posters"),
    path("posters/<int:pk>.pdf", posters.poster, name="poster"),
    path("<int:pk>/", lists.case_detail, name="case"),
    path("<int:pk>/map.json", lists.case_map, name="map"),
    path("<int:pk>/file.pdf", lists.case_file, name="file"),
    path("<int:pk>/do/<slug:verb>/", actions.case_do, name="do"),
    path("<int:pk>/note/", actions.case_note, name="note"),
    path("<int:pk>/summary/", publishing.summary, name="summary"),
    path("<int:pk>/told/", calling.told, name="told"),
    path("<int:pk>/slip.pdf", calling.slip, name="slip"),
    path("<int:pk>/offers/", offers.offers, name="offers"),
    path("<int:pk>/attach/", actions.case_attach, name="attach"),
    path("<int:pk>/reporters/<int:reporter>/", actions.case_unmask, name="unmask"),
    path("<int:pk>/ask-rating/", actions.case_ask_rating, name="ask_rating"),
    path("<int:pk>/ratings/<int:rating>/", actions.case_record_rating, name="record_rating"),
    path("<int:pk>/helps/<int:help_id>/", actions.help_done, name="help_done"),
    path("<int:pk>/whistles/<int:whistle>/<slug:verb>/", actions.whistle_do, name="whistle_do"),
    path("attachments/<int:pk>/", lists.attachment, name="attachment"),
    path("attachments/<int:pk>/blur/", blurring.blur, name="blur"),
    path("attachments/<int:pk>/original/", blurring.original, name="original"),
    path("attachments/<int:pk>/show/", actions.attachment_show, name="attachment_show"),
]
