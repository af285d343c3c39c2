"""The tables of this app, made from its models."""

import django.db.models.deletion
from django.db import migrations, models

import linli.core.tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organizations", "0002_lending"),
        ("territory", "0001_tables"),
    ]

    operations = [
        linli.core.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="SelectionRound",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="selection_rounds",
                                to="territory.place",
                            ),
                        ),
                        ("title", models.CharField(max_length=120)),
                        ("role", models.CharField(max_length=64)),
                        ("wanted", models.PositiveSmallIntegerField()),
                        ("standards", models.CharField(max_length=500)),
                        ("document", models.CharField(blank=True, max_length=160)),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "running"), ("decided", "decided"), ("dropped", "dropped")],
                                default="open",
                                max_length=12,
                            ),
                        ),
                        ("considered", models.PositiveSmallIntegerField(null=True)),
                        ("decided_on", models.DateField(null=True)),
                        ("decided_by", models.CharField(blank=True, max_length=160)),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("opened", models.DateTimeField()),
                        ("opened_by", models.CharField(max_length=64)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "verbose_name": "selection",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "decided"), _negated=True),
                                    models.Q(
                                        ("decided_on__isnull", False), models.Q(("decided_by", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="selection_decided",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Secondment",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="secondments",
                                to="organizations.person",
                            ),
                        ),
                        (
                            "post",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="secondment",
                                to="organizations.post",
                            ),
                        ),
                        (
                            "selection",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="secondments",
                                to="secondments.selectionround",
                            ),
                        ),
                        ("role", models.CharField(max_length=64)),
                        (
                            "category",
                            models.CharField(
                                blank=True,
                                choices=[("county", "county department"), ("street", "street or town")],
                                max_length=12,
                            ),
                        ),
                        (
                            "sender",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="secondments",
                                to="organizations.organization",
                            ),
                        ),
                        ("unit", models.CharField(blank=True, max_length=160)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="secondments",
                                to="territory.place",
                            ),
                        ),
                        ("since", models.DateField()),
                        ("planned_end", models.DateField(null=True)),
                        ("until", models.DateField(null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[("serving", "in post"), ("over", "term over"), ("recalled", "returned early")],
                                default="serving",
                                max_length=12,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("target", models.CharField(blank=True, max_length=300)),
                        ("duty", models.CharField(blank=True, max_length=300)),
                        ("cover", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                        ("cover_on", models.DateField(null=True)),
                        ("fund", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                        ("fund_on", models.DateField(null=True)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "verbose_name": "secondment",
                        "indexes": [models.Index(fields=["place", "state"], name="secondment_place")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until", None), ("until__gt", models.F("since")), _connector="OR"),
                                name="secondment_span",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "serving"), ("until", None)),
                                    models.Q(models.Q(("state", "serving"), _negated=True), ("until__isnull", False)),
                                    _connector="OR",
                                ),
                                name="secondment_ended",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "recalled"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="secondment_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SecondmentTransfer",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "secondment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="transfers",
                                to="secondments.secondment",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="secondment_transfers",
                                to="territory.place",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("party_membership", "Party membership"),
                                    ("payroll", "payroll"),
                                    ("management", "management"),
                                    ("assessment", "assessment"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("pending", "under way"),
                                    ("made", "transferred"),
                                    ("reversed", "transferred back"),
                                ],
                                default="pending",
                                max_length=12,
                            ),
                        ),
                        ("on", models.DateField(null=True)),
                        ("to", models.CharField(blank=True, max_length=160)),
                        ("reversed_on", models.DateField(null=True)),
                        ("extra", models.JSONField(default=dict)),
                    ],
                    options={
                        "verbose_name": "transfer",
                        "constraints": [
                            models.UniqueConstraint(fields=("secondment", "kind"), name="secondment_transfer_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("reversed_on", None),
                                    ("on", None),
                                    ("reversed_on__gte", models.F("on")),
                                    _connector="OR",
                                ),
                                name="secondment_transfer_span",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SecondmentMonth",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "secondment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="months",
                                to="secondments.secondment",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="secondment_months",
                                to="territory.place",
                            ),
                        ),
                        ("month", models.DateField()),
                        ("days", models.PositiveSmallIntegerField()),
                        ("possible", models.PositiveSmallIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("stated", "stated"), ("confirmed", "confirmed")],
                                default="stated",
                                max_length=12,
                            ),
                        ),
                        ("stated", models.DateTimeField()),
                        ("stated_by", models.CharField(max_length=64)),
                        ("confirmed_on", models.DateField(null=True)),
                        ("confirmed_by", models.CharField(blank=True, max_length=64)),
                        ("corrections", models.JSONField(default=list)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "verbose_name": "month on site",
                        "indexes": [models.Index(fields=["place", "state"], name="secondment_month_place")],
                        "constraints": [
                            models.UniqueConstraint(fields=("secondment", "month"), name="secondment_month_once"),
                            models.CheckConstraint(condition=models.Q(("days__lte", 31)), name="secondment_month_days"),
                            models.CheckConstraint(
                                condition=models.Q(("month__day", 1)), name="secondment_month_first"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confirmed_on", None), ("state", "stated")),
                                    models.Q(("confirmed_on__isnull", False), ("state", "confirmed")),
                                    _connector="OR",
                                ),
                                name="secondment_month_confirmed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WorkList",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="work_lists",
                                to="territory.place",
                            ),
                        ),
                        ("title", models.CharField(max_length=120)),
                        ("since", models.DateField()),
                        ("until", models.DateField()),
                        ("issued", models.DateTimeField()),
                        ("issued_by", models.CharField(max_length=64)),
                    ],
                    options={
                        "verbose_name": "work list",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until__gte", models.F("since"))), name="work_list_span"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WorkListItem",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "work_list",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="secondments.worklist",
                            ),
                        ),
                        (
                            "secondment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="secondments.secondment",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="work_list_items",
                                to="territory.place",
                            ),
                        ),
                        ("text", models.CharField(max_length=200)),
                        ("due", models.DateField()),
                        ("done", models.BooleanField(default=False)),
                        ("done_on", models.DateField(null=True)),
                        ("result", models.CharField(blank=True, max_length=200)),
                        ("extra", models.JSONField(default=dict)),
                    ],
                    options={
                        "verbose_name": "task of a work list",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("done", False), ("done_on", None)),
                                    models.Q(
                                        ("done", True),
                                        ("done_on__isnull", False),
                                        models.Q(("result", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="work_list_item_done",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
