"""Addresses of careers."""

from django.urls import path

from linli.careers.views import ladder, own, pay, reserves, staffing, talents

app_name = "careers"

urlpatterns = [
    path("", staffing.staffing_list, name="staffing"),
    path("stewards/", staffing.stewards, name="stewards"),
    path("communities/<int:pk>/plan/", staffing.plan, name="plan"),
    path("communities/<int:pk>/", reserves.community, name="reserve_gap"),
    path("reserves/", reserves.reserves, name="reserves"),
    path("reserves/new/", reserves.reserve_new, name="reserve_new"),
    path("reserves/<int:pk>/", reserves.reserve, name="reserve"),
    path("reserves/<int:pk>/<slug:verb>/", reserves.reserve_do, name="reserve_do"),
    path("talents/", talents.talents, name="talents"),
    path("talents/new/", talents.talent_new, name="talent_new"),
    path("talents/<int:pk>/", talents.talent, name="talent"),
    path("talents/<int:pk>/leave/", talents.talent_leave, name="talent_leave"),
    path("workers/", ladder.workers, name="workers"),
    path("workers/<int:pk>/", ladder.worker, name="worker"),
    path("promotions/", ladder.promotions, name="promotions"),
    path("promotions/<int:pk>/", ladder.promotion, name="promotion"),
    path("promotions/<int:pk>/<slug:verb>/", ladder.promotion_do, name="promotion_do"),
    path("rounds/", ladder.rounds, name="rounds"),
    path("rounds/new/", ladder.round_new, name="round_new"),
    path("rounds/<int:pk>/", ladder.round_one, name="round"),
    path("rounds/<int:pk>/appoint/", ladder.round_appoint, name="round_appoint"),
    path("pay/", pay.statements, name="statements"),
    path("pay/new/", pay.statement_new, name="statement_new"),
    path("pay/rules/", pay.rules, name="rules"),
    path("pay/grades/new/", pay.grade_new, name="grade_new"),
    path("pay/allowances/new/", pay.allowance_new, name="allowance_new"),
    path("pay/<int:pk>/", pay.statement, name="statement"),
    path("pay/<int:pk>/correct/", pay.statement_correct, name="statement_correct"),
    path("mine/", own.mine, name="mine"),
    path("mine/talent/", own.talent_enter, name="talent_enter"),
]
