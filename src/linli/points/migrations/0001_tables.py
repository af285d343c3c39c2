"""The tables of this app, made from its models."""

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
from django.db import migrations, models

import linli.core.fields
import linli.core.tables


class Migration(migrations.Migration):
    replaces = [("points", "0001_ledger")]

    initial = True

    dependencies = [
        ("organizations", "0001_tables"),
        ("territory", "0001_tables"),
    ]

    operations = [
        linli.core.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Member",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("book", models.CharField(choices=[("points", "points"), ("hours", "hours")], max_length=12)),
                        ("number", models.CharField(max_length=40)),
                        (
                            "name",
                            linli.core.fields.EncryptedTextField(blank=True, context="points.member.name", null=True),
                        ),
                        ("alias", models.CharField(blank=True, max_length=30)),
                        (
                            "consent",
                            models.CharField(
                                choices=[
                                    ("self", "joined themselves"),
                                    ("paper", "joined on paper"),
                                    ("ledger", "in the ledger of before"),
                                    ("registration", "registered as a volunteer"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("joined_on", models.DateField()),
                        ("left_on", models.DateField(null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="points_members",
                                to="organizations.person",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="points_members",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "member",
                        "indexes": [models.Index(fields=["place", "book", "id"], name="points_member_place")],
                        "constraints": [
                            models.UniqueConstraint(fields=("book", "number"), name="points_member_number"),
                            models.UniqueConstraint(
                                condition=models.Q(("person", None), _negated=True),
                                fields=("book", "person"),
                                name="points_member_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("left_on", None), ("left_on__gte", models.F("joined_on")), _connector="OR"
                                ),
                                name="points_left",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("person__isnull", False), ("consent", "ledger"), _connector="OR"),
                                name="points_consent",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Account",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "book",
                            models.CharField(
                                choices=[("points", "points"), ("hours", "hours"), ("goods", "stock of goods")],
                                max_length=12,
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("holder", "member"),
                                    ("credit", "right to ask"),
                                    ("team", "team"),
                                    ("shop", "partner shop"),
                                    ("campaign", "budget of a campaign"),
                                    ("goods", "goods in stock"),
                                    ("expiry", "expired"),
                                    ("issue", "given out"),
                                    ("used", "used"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("subject_type", models.CharField(blank=True, max_length=48)),
                        ("subject_id", models.CharField(blank=True, max_length=64)),
                        ("floor", models.BigIntegerField(default=0, null=True)),
                        ("balance", models.BigIntegerField(default=0)),
                        ("held", models.BigIntegerField(default=0)),
                        (
                            "quantity",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Case(
                                    models.When(
                                        book="hours",
                                        then=models.ExpressionWrapper(
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.functions.comparison.Cast(
                                                    models.F("balance"),
                                                    models.DecimalField(decimal_places=4, max_digits=20, null=True),
                                                ),
                                                "/",
                                                models.Value(60),
                                            ),
                                            output_field=models.DecimalField(
                                                decimal_places=4, max_digits=20, null=True
                                            ),
                                        ),
                                    ),
                                    default=django.db.models.functions.comparison.Cast(
                                        models.F("balance"),
                                        models.DecimalField(decimal_places=4, max_digits=20, null=True),
                                    ),
                                    output_field=models.DecimalField(decimal_places=4, max_digits=20, null=True),
                                ),
                                output_field=models.DecimalField(decimal_places=4, max_digits=20, null=True),
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="points_accounts",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="points_accounts",
                                to="territory.place",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="accounts",
                                to="points.member",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "account",
                        "indexes": [models.Index(fields=["book", "kind", "place"], name="points_account_kind")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("floor", None),
                                    (
                                        "balance__gte",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("floor"), "+", models.F("held")
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="points_account_floor",
                            ),
                            models.CheckConstraint(condition=models.Q(("held__gte", 0)), name="points_account_held"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("floor__isnull", False), ("kind__in", ("issue", "campaign")), _connector="OR"
                                ),
                                name="points_floorless",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("member", None), _negated=True),
                                fields=("book", "kind", "member"),
                                name="points_account_member",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("organization", None), _negated=True),
                                fields=("book", "kind", "organization"),
                                name="points_account_organization",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("subject_type", ""), _negated=True),
                                fields=("book", "kind", "subject_type", "subject_id"),
                                name="points_account_subject",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("member", None), ("organization", None), ("subject_type", "")),
                                fields=("book", "kind", "place"),
                                name="points_account_place",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Transfer",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "book",
                            models.CharField(
                                choices=[("points", "points"), ("hours", "hours"), ("goods", "stock of goods")],
                                max_length=12,
                            ),
                        ),
                        ("source_type", models.CharField(max_length=48)),
                        ("source_id", models.CharField(max_length=64)),
                        ("edition", models.PositiveSmallIntegerField(default=1)),
                        ("rule", models.CharField(max_length=40)),
                        (
                            "direction",
                            models.CharField(
                                choices=[("given", "given"), ("taken", "taken"), ("moved", "moved")], max_length=8
                            ),
                        ),
                        ("amount", models.BigIntegerField()),
                        ("charged", models.BigIntegerField(default=0)),
                        (
                            "quantity",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Case(
                                    models.When(
                                        book="hours",
                                        then=models.ExpressionWrapper(
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.functions.comparison.Cast(
                                                    models.F("amount"),
                                                    models.DecimalField(decimal_places=4, max_digits=20, null=True),
                                                ),
                                                "/",
                                                models.Value(60),
                                            ),
                                            output_field=models.DecimalField(
                                                decimal_places=4, max_digits=20, null=True
                                            ),
                                        ),
                                    ),
                                    default=django.db.models.functions.comparison.Cast(
                                        models.F("amount"),
                                        models.DecimalField(decimal_places=4, max_digits=20, null=True),
                                    ),
                                    output_field=models.DecimalField(decimal_places=4, max_digits=20, null=True),
                                ),
                                output_field=models.DecimalField(decimal_places=4, max_digits=20, null=True),
                            ),
                        ),
                        ("day", models.DateField()),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("confirmer", models.CharField(blank=True, max_length=60)),
                        ("actor", models.CharField(max_length=64)),
                        ("at", models.DateTimeField()),
                        (
                            "credit",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="points.account",
                            ),
                        ),
                        (
                            "debit",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="points.account",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="points.member",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.place",
                            ),
                        ),
                        (
                            "reverses",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reversal",
                                to="points.transfer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "transfer",
                        "indexes": [
                            models.Index(fields=["credit", "rule", "day"], name="points_transfer_cap"),
                            models.Index(fields=["place", "-day", "-id"], name="points_transfer_place"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("book", "source_type", "source_id", "edition", "rule"),
                                name="points_transfer_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0), ("charged__gte", 0)),
                                name="points_transfer_amount",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("debit", models.F("credit")), _negated=True),
                                name="points_transfer_two",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("charged__lte", models.F("amount"))), name="points_transfer_charged"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("amount", models.BigIntegerField()),
                        ("balance", models.BigIntegerField()),
                        (
                            "account",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="points.account",
                            ),
                        ),
                        (
                            "transfer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="points.transfer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "entry",
                        "indexes": [models.Index(fields=["account", "-id"], name="points_entry_account")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount", 0), _negated=True), name="points_entry_amount"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Hold",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("amount", models.BigIntegerField()),
                        ("source_type", models.CharField(max_length=48)),
                        ("source_id", models.CharField(max_length=64)),
                        ("edition", models.PositiveSmallIntegerField(default=1)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("held", "held"),
                                    ("posted", "posted"),
                                    ("voided", "given back"),
                                    ("expired", "run out"),
                                ],
                                default="held",
                                max_length=8,
                            ),
                        ),
                        ("until", models.DateTimeField()),
                        ("posted", models.BigIntegerField(default=0)),
                        ("actor", models.CharField(max_length=64)),
                        ("at", models.DateTimeField()),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="points.account"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "hold",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "held")), fields=["until"], name="points_hold_running"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("account", "source_type", "source_id", "edition"), name="points_hold_once"
                            ),
                            models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="points_hold_amount"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("posted__gt", 0), ("posted__lte", models.F("amount")), ("state", "posted")
                                    ),
                                    models.Q(models.Q(("state", "posted"), _negated=True), ("posted", 0)),
                                    _connector="OR",
                                ),
                                name="points_hold_posted",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
