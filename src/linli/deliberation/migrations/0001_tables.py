"""The tables of this app, made from its models."""

import uuid
from decimal import Decimal

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

import linli.core.fields
import linli.core.tables


class Migration(migrations.Migration):
    replaces = [
        ("deliberation", "0001_polls"),
        ("deliberation", "0002_meetings"),
        ("deliberation", "0003_topics"),
        ("deliberation", "0004_agenda_of_topics"),
        ("deliberation", "0005_funds"),
        ("deliberation", "0006_polls_of_steps"),
        ("deliberation", "0007_conventions"),
        ("deliberation", "0008_bodies"),
        ("deliberation", "0009_counts"),
        ("deliberation", "0010_squads"),
        ("deliberation", "0011_item_ratings"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("cases", "0001_tables"),
        ("core", "0001_tables"),
        ("organizations", "0001_tables"),
        ("publishing", "0001_tables"),
        ("territory", "0001_tables"),
    ]

    operations = [
        linli.core.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Elector",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "poll",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="electors",
                                to="deliberation.poll",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("owner", "owner"),
                                    ("developer", "developer's unsold units"),
                                    ("resident", "resident or member"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "name",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="deliberation.elector.name", null=True
                            ),
                        ),
                        ("key_hash", models.BinaryField(max_length=32)),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organizations.person",
                            ),
                        ),
                        ("area", models.DecimalField(decimal_places=4, default=0, max_digits=14)),
                    ],
                    options={
                        "verbose_name": "elector",
                        "constraints": [
                            models.UniqueConstraint(fields=("poll", "number"), name="elector_number"),
                            models.UniqueConstraint(fields=("poll", "key_hash"), name="elector_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("person", None), _negated=True),
                                fields=("poll", "person"),
                                name="elector_person",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Holding",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "step",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="holdings",
                                to="deliberation.topicstep",
                            ),
                        ),
                        ("held_on", models.DateField()),
                        ("due", models.PositiveIntegerField(null=True)),
                        ("came", models.PositiveIntegerField(null=True)),
                        ("represented", models.PositiveIntegerField(default=0)),
                        ("votes_for", models.PositiveIntegerField(null=True)),
                        ("votes_against", models.PositiveIntegerField(null=True)),
                        ("abstained", models.PositiveIntegerField(null=True)),
                        ("area_due", models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                        ("area_came", models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                        ("area_for", models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                        ("summary", models.TextField(blank=True)),
                        ("met", models.BooleanField()),
                        ("checks", models.JSONField(default=list)),
                        ("recorded", models.DateTimeField()),
                        ("recorder", models.CharField(max_length=64)),
                    ],
                    options={
                        "verbose_name": "holding",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("due", None),
                                    ("came", None),
                                    (
                                        "due__gte",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("came"), "+", models.F("represented")
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="holding_came",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("votes_for", None),
                                    ("came", None),
                                    (
                                        "came__gte",
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    models.F("votes_for"), "+", models.F("votes_against")
                                                ),
                                                "+",
                                                models.F("abstained"),
                                            ),
                                            "-",
                                            models.F("represented"),
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="holding_votes",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("met", True)), fields=("step",), name="holding_met_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgendaItem",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agenda_items",
                                to="territory.place",
                            ),
                        ),
                        (
                            "series",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="deliberation.meetingseries",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="deliberation.meeting",
                            ),
                        ),
                        ("text", models.CharField(max_length=300)),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("body", "convener"),
                                    ("resident", "resident"),
                                    ("case", "matter"),
                                    ("catalogue", "catalogue of topics"),
                                    ("topic", "topic under way"),
                                    ("meeting", "earlier meeting"),
                                ],
                                default="body",
                                max_length=12,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agenda_items",
                                to="cases.case",
                            ),
                        ),
                        (
                            "topic",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agenda_items",
                                to="deliberation.topic",
                            ),
                        ),
                        (
                            "came_from",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="went_to",
                                to="deliberation.agendaitem",
                            ),
                        ),
                        ("tier", models.CharField(blank=True, max_length=40)),
                        (
                            "result",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("settled", "settled"),
                                    ("resolution", "resolution"),
                                    ("delegated", "parts handed out"),
                                    ("back", "back to the agenda"),
                                    ("joint", "to a joint meeting"),
                                    ("declined", "not taken up"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("decision", models.TextField(blank=True)),
                        (
                            "rating",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("satisfied", "satisfied"),
                                    ("partly", "mostly satisfied"),
                                    ("dissatisfied", "not satisfied"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("ratings", models.JSONField(default=dict)),
                        ("on", models.DateField(null=True)),
                        ("raised", models.DateTimeField()),
                        ("raised_by", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "verbose_name": "agenda item",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("meeting", None), ("result", "")),
                                fields=["series"],
                                name="agenda_item_waiting",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("meeting__isnull", False), ("result__in", ["", "declined"]), _connector="OR"
                                ),
                                name="agenda_item_result",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Commitment",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="commitments",
                                to="territory.place",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="commitments",
                                to="deliberation.meeting",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="commitments",
                                to="deliberation.agendaitem",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="commitments",
                                to="organizations.organization",
                            ),
                        ),
                        ("text", models.CharField(max_length=300)),
                        ("made_on", models.DateField()),
                        ("due", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "under way"),
                                    ("late", "overdue"),
                                    ("done", "done in time"),
                                    ("done_late", "done late"),
                                    ("dropped", "released"),
                                ],
                                default="open",
                                max_length=12,
                            ),
                        ),
                        ("done_on", models.DateField(null=True)),
                        ("evidence", models.TextField(blank=True)),
                        ("postponed", models.PositiveSmallIntegerField(default=0)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "verbose_name": "commitment",
                        "indexes": [
                            models.Index(condition=models.Q(("state", "open")), fields=["due"], name="commitment_due"),
                            models.Index(fields=["organization", "state"], name="commitment_unit"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["done", "done_late"]), _negated=True),
                                    models.Q(("done_on__isnull", False), models.Q(("evidence", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="commitment_evidence",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CommitmentNote",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("verb", models.CharField(max_length=12)),
                        ("text", models.TextField()),
                        ("due_before", models.DateField(null=True)),
                        ("due_after", models.DateField(null=True)),
                        ("at", models.DateTimeField()),
                        ("actor", models.CharField(max_length=64)),
                        (
                            "commitment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notes",
                                to="deliberation.commitment",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "note of a commitment",
                    },
                ),
                migrations.CreateModel(
                    name="VotingCode",
                    fields=[
                        (
                            "elector",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="code",
                                serialize=False,
                                to="deliberation.elector",
                            ),
                        ),
                        ("code_hash", models.BinaryField(max_length=32, unique=True)),
                        ("made", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "voting code",
                    },
                ),
                migrations.CreateModel(
                    name="FundAccount",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=60)),
                        ("opens_on", models.DateField()),
                        ("open_from", models.DateField()),
                        ("closed_on", models.DateField(null=True)),
                        ("opening_fen", models.BigIntegerField(default=0)),
                        ("balance_fen", models.BigIntegerField(default=0)),
                        (
                            "balance_yuan",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.ExpressionWrapper(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("balance_fen"), "*", models.Value(Decimal("0.01"))
                                    ),
                                    output_field=models.DecimalField(decimal_places=2, max_digits=16, null=True),
                                ),
                                output_field=models.DecimalField(decimal_places=2, max_digits=16, null=True),
                            ),
                        ),
                        ("recorded", models.DateTimeField()),
                        ("recorder", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fund_accounts",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fund_accounts",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "account",
                        "constraints": [
                            models.UniqueConstraint(fields=("place", "name"), name="fund_account_once"),
                            models.CheckConstraint(
                                condition=models.Q(("balance_fen__gte", 0), ("opening_fen__gte", 0)),
                                name="fund_account_covered",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("open_from__gte", models.F("opens_on"))), name="fund_account_open"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("closed_on", None), ("balance_fen", 0), _connector="OR"),
                                name="fund_account_closed_empty",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FundCount",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("close", "Close the account"),
                                    ("hand_over", "Hand the account over to another body"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("day", models.DateField()),
                        ("books_fen", models.BigIntegerField()),
                        ("counted_fen", models.BigIntegerField()),
                        ("note", models.CharField(blank=True, max_length=300)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("entered", "waits for a second person"),
                                    ("confirmed", "confirmed"),
                                    ("refused", "refused"),
                                ],
                                default="entered",
                                max_length=10,
                            ),
                        ),
                        ("entered", models.DateTimeField()),
                        ("entered_by", models.CharField(max_length=64)),
                        ("decided", models.DateTimeField(null=True)),
                        ("decided_by", models.CharField(blank=True, max_length=64)),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="counts",
                                to="deliberation.fundaccount",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.place"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "count of an account",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "entered")),
                                fields=("account",),
                                name="fund_count_waits_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided", None), ("decided_by", ""), ("state", "entered")),
                                    models.Q(
                                        ("decided__isnull", False),
                                        ("state__in", ("confirmed", "refused")),
                                        models.Q(("decided_by", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="fund_count_decided",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("decided_by", models.F("entered_by")), _negated=True),
                                name="fund_count_two_persons",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("organization", None), ("purpose", "close")),
                                    models.Q(("organization__isnull", False), ("purpose", "hand_over")),
                                    _connector="OR",
                                ),
                                name="fund_count_to_whom",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("counted_fen", models.F("books_fen")),
                                    models.Q(("note", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="fund_count_difference_said",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "refused"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="fund_count_refused_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FundEntry",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("day", models.DateField()),
                        (
                            "direction",
                            models.CharField(choices=[("income", "income"), ("spending", "spending")], max_length=8),
                        ),
                        ("kind", models.CharField(max_length=60)),
                        ("amount_fen", models.BigIntegerField()),
                        (
                            "amount_yuan",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.ExpressionWrapper(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("amount_fen"), "*", models.Value(Decimal("0.01"))
                                    ),
                                    output_field=models.DecimalField(decimal_places=2, max_digits=16, null=True),
                                ),
                                output_field=models.DecimalField(decimal_places=2, max_digits=16, null=True),
                            ),
                        ),
                        ("purpose", models.CharField(max_length=200)),
                        ("party", models.CharField(blank=True, max_length=80)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("entered", "waits for a second person"),
                                    ("approved", "approved"),
                                    ("refused", "refused"),
                                    ("book", "from an old book"),
                                ],
                                default="entered",
                                max_length=8,
                            ),
                        ),
                        ("receipts", models.PositiveSmallIntegerField(default=0)),
                        ("entered", models.DateTimeField()),
                        ("entered_by", models.CharField(max_length=64)),
                        ("decided", models.DateTimeField(null=True)),
                        ("decided_by", models.CharField(blank=True, max_length=64)),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="deliberation.fundaccount",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.place"
                            ),
                        ),
                        (
                            "reverses",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reversals",
                                to="deliberation.fundentry",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "entry of an account",
                        "indexes": [
                            models.Index(fields=["account", "-day", "-id"], name="fund_entry_account"),
                            models.Index(
                                condition=models.Q(("state", "entered")), fields=["account"], name="fund_entry_waiting"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided", None), ("decided_by", ""), ("state__in", ("entered", "book"))),
                                    models.Q(
                                        ("decided__isnull", False),
                                        ("state__in", ("approved", "refused")),
                                        models.Q(("decided_by", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="fund_entry_decided",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("decided_by", models.F("entered_by")), _negated=True),
                                name="fund_entry_two_persons",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "refused"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="fund_entry_refused_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("amount_fen__gt", 0), ("reverses", None)),
                                    models.Q(("amount_fen__lt", 0), ("reverses__isnull", False)),
                                    _connector="OR",
                                ),
                                name="fund_entry_amount",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "refused"), _negated=True),
                                fields=("reverses",),
                                name="fund_entry_reversed_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FundQuarter",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("since", models.DateField()),
                        ("until", models.DateField()),
                        ("due", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "not yet public"), ("published", "made public")],
                                default="open",
                                max_length=12,
                            ),
                        ),
                        ("opening_fen", models.BigIntegerField(null=True)),
                        ("income_fen", models.BigIntegerField(null=True)),
                        ("spending_fen", models.BigIntegerField(null=True)),
                        ("closing_fen", models.BigIntegerField(null=True)),
                        (
                            "opening_yuan",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.ExpressionWrapper(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("opening_fen"), "*", models.Value(Decimal("0.01"))
                                    ),
                                    output_field=models.DecimalField(decimal_places=2, max_digits=16, null=True),
                                ),
                                output_field=models.DecimalField(decimal_places=2, max_digits=16, null=True),
                            ),
                        ),
                        (
                            "income_yuan",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.ExpressionWrapper(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("income_fen"), "*", models.Value(Decimal("0.01"))
                                    ),
                                    output_field=models.DecimalField(decimal_places=2, max_digits=16, null=True),
                                ),
                                output_field=models.DecimalField(decimal_places=2, max_digits=16, null=True),
                            ),
                        ),
                        (
                            "spending_yuan",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.ExpressionWrapper(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("spending_fen"), "*", models.Value(Decimal("0.01"))
                                    ),
                                    output_field=models.DecimalField(decimal_places=2, max_digits=16, null=True),
                                ),
                                output_field=models.DecimalField(decimal_places=2, max_digits=16, null=True),
                            ),
                        ),
                        (
                            "closing_yuan",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.ExpressionWrapper(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("closing_fen"), "*", models.Value(Decimal("0.01"))
                                    ),
                                    output_field=models.DecimalField(decimal_places=2, max_digits=16, null=True),
                                ),
                                output_field=models.DecimalField(decimal_places=2, max_digits=16, null=True),
                            ),
                        ),
                        ("by_kind", models.JSONField(default=list)),
                        ("receipts", models.PositiveIntegerField(default=0)),
                        ("published_on", models.DateField(null=True)),
                        ("in_time", models.BooleanField(null=True)),
                        ("closed_by", models.CharField(blank=True, max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="quarters",
                                to="deliberation.fundaccount",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.place"
                            ),
                        ),
                        (
                            "publication",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fund_quarters",
                                to="publishing.publication",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "quarter of an account",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "open")), fields=["due"], name="fund_quarter_owed"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("account", "until"), name="fund_quarter_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closing_fen", None),
                                        ("publication", None),
                                        ("published_on", None),
                                        ("state", "open"),
                                    ),
                                    models.Q(
                                        (
                                            "closing_fen",
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    models.F("opening_fen"), "+", models.F("income_fen")
                                                ),
                                                "-",
                                                models.F("spending_fen"),
                                            ),
                                        ),
                                        ("closing_fen__gte", 0),
                                        ("closing_fen__isnull", False),
                                        ("income_fen__isnull", False),
                                        ("opening_fen__isnull", False),
                                        ("publication__isnull", False),
                                        ("published_on__isnull", False),
                                        ("spending_fen__isnull", False),
                                        ("state", "published"),
                                    ),
                                    _connector="OR",
                                ),
                                name="fund_quarter_adds_up",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FundReceipt",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=200)),
                        ("at", models.DateTimeField()),
                        ("actor", models.CharField(max_length=64)),
                        ("shown", models.BooleanField(default=False)),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="deliberation.fundentry",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.filerow"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "receipt",
                    },
                ),
                migrations.CreateModel(
                    name="ItemRater",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("key_hash", models.BinaryField(max_length=32)),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="raters",
                                to="deliberation.agendaitem",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "rated agenda item",
                        "constraints": [models.UniqueConstraint(fields=("item", "key_hash"), name="item_rater_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Meeting",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("number", models.CharField(blank=True, max_length=40)),
                        (
                            "series",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meetings",
                                to="deliberation.meetingseries",
                            ),
                        ),
                        ("kind", models.CharField(max_length=48)),
                        ("title", models.CharField(max_length=200)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meetings",
                                to="territory.place",
                            ),
                        ),
                        (
                            "convener",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meetings_convened",
                                to="organizations.organization",
                            ),
                        ),
                        ("on", models.DateField()),
                        ("starts", models.TimeField(null=True)),
                        ("ends", models.TimeField(null=True)),
                        ("venue", models.CharField(blank=True, max_length=120)),
                        ("public", models.BooleanField(default=False)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("invited", "invited"),
                                    ("held", "held"),
                                    ("approved", "minutes approved"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="planned",
                                max_length=12,
                            ),
                        ),
                        ("joint", models.BooleanField(null=True)),
                        ("partners", models.CharField(blank=True, max_length=300)),
                        ("units", models.PositiveIntegerField(null=True)),
                        ("expected", models.PositiveIntegerField(null=True)),
                        ("came", models.PositiveIntegerField(null=True)),
                        ("represented", models.PositiveIntegerField(null=True)),
                        ("off_register", models.PositiveIntegerField(null=True)),
                        ("published_on", models.DateField(null=True)),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("recorded", models.DateTimeField()),
                        ("recorder", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "verbose_name": "meeting",
                        "indexes": [
                            models.Index(fields=["-on", "-id"], name="meeting_on"),
                            models.Index(fields=["place", "-on"], name="meeting_place"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "cancelled"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="meeting_cancelled_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("off_register", None),
                                    ("came", None),
                                    ("off_register__lte", models.F("came")),
                                    _connector="OR",
                                ),
                                name="meeting_off_register",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "attendance",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "not noted"),
                                    ("came", "came"),
                                    ("represented", "sent somebody"),
                                    ("absent", "did not come"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitations",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="invitations",
                                to="deliberation.meeting",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "invitation",
                        "constraints": [
                            models.UniqueConstraint(fields=("meeting", "organization"), name="invitation_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MeetingFile",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=200)),
                        ("at", models.DateTimeField()),
                        ("actor", models.CharField(max_length=64)),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.filerow"
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="deliberation.meeting",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "attachment",
                    },
                ),
                migrations.CreateModel(
                    name="MeetingSeries",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("kind", models.CharField(max_length=48)),
                        ("title", models.CharField(max_length=120)),
                        (
                            "rhythm",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "when there is need"),
                                    ("week", "every week"),
                                    ("month", "every month"),
                                    ("quarter", "every quarter"),
                                    ("days", "every so many days"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("every_days", models.PositiveSmallIntegerField(null=True)),
                        ("starts", models.TimeField(null=True)),
                        ("minutes", models.PositiveSmallIntegerField(default=60)),
                        ("venue", models.CharField(blank=True, max_length=120)),
                        ("seats", models.PositiveIntegerField(null=True)),
                        ("public", models.BooleanField(default=False)),
                        ("about", models.CharField(blank=True, max_length=500)),
                        ("since", models.DateField()),
                        ("until", models.DateField(null=True)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "convener",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meeting_series",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meeting_series",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "series of meetings",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)),
                                fields=("place", "title"),
                                name="meeting_series_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                                name="meeting_series_span",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("rhythm", "days"), ("every_days__gte", 1)),
                                    models.Q(models.Q(("rhythm", "days"), _negated=True), ("every_days", None)),
                                    _connector="OR",
                                ),
                                name="meeting_series_rhythm",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Minutes",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("number", models.PositiveIntegerField()),
                        ("text", models.TextField()),
                        ("at", models.DateTimeField()),
                        ("actor", models.CharField(max_length=64)),
                        ("approved", models.DateTimeField(null=True)),
                        ("approved_by", models.CharField(blank=True, max_length=64)),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="minutes_versions",
                                to="deliberation.meeting",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "minutes",
                        "constraints": [models.UniqueConstraint(fields=("meeting", "number"), name="minutes_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Partnership",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "type",
                            models.CharField(
                                choices=[
                                    ("consultation_arrangement", "consultation arrangement"),
                                    ("collaboration_mechanism", "collaboration mechanism"),
                                    ("organization_pairing", "pairing of organisations"),
                                ],
                                max_length=32,
                            ),
                        ),
                        ("kind", models.CharField(blank=True, max_length=60)),
                        ("level", models.CharField(blank=True, max_length=20)),
                        ("partners", models.CharField(blank=True, max_length=300)),
                        ("actors", models.JSONField(default=list)),
                        ("plan", models.TextField(blank=True)),
                        ("evidence", models.TextField(blank=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[("preparing", "being prepared"), ("running", "in place"), ("ended", "ended")],
                                default="preparing",
                                max_length=12,
                            ),
                        ),
                        ("since", models.DateField(null=True)),
                        ("until", models.DateField(null=True)),
                        ("recorded", models.DateTimeField()),
                        ("recorder", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "organization",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="partnerships",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "partner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="partnerships_with",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="partnerships",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "standing relation",
                        "indexes": [models.Index(fields=["type", "place"], name="partnership_type_place")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("since", None), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="partnership_span",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "running"), _negated=True),
                                    ("since__isnull", False),
                                    _connector="OR",
                                ),
                                name="partnership_running_since",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("partner", None),
                                    ("organization", None),
                                    models.Q(("partner", models.F("organization")), _negated=True),
                                    _connector="OR",
                                ),
                                name="partnership_of_two",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PartnershipEvent",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("on", models.DateField()),
                        ("text", models.CharField(max_length=300)),
                        ("extra", models.JSONField(default=dict)),
                        ("at", models.DateTimeField()),
                        ("actor", models.CharField(max_length=64)),
                        (
                            "partnership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="deliberation.partnership",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="partnership_events",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "joint event",
                    },
                ),
                migrations.CreateModel(
                    name="Poll",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="polls", to="territory.place"
                            ),
                        ),
                        ("title", models.CharField(max_length=120)),
                        ("text", models.TextField(blank=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("decision", "for, against or abstain"), ("choice", "several options")],
                                default="decision",
                                max_length=12,
                            ),
                        ),
                        ("options", models.JSONField(default=list)),
                        ("most", models.PositiveSmallIntegerField(default=1)),
                        (
                            "rule",
                            models.CharField(
                                choices=[
                                    ("opinion", "opinion only, no threshold"),
                                    ("majority", "half of all take part, more than half of them agree"),
                                    ("owners_ordinary", "owners, ordinary matter (Civil Code 278)"),
                                    ("owners_major", "owners, major matter (Civil Code 278)"),
                                    ("own", "own thresholds"),
                                ],
                                default="opinion",
                                max_length=20,
                            ),
                        ),
                        ("terms", models.JSONField(default=dict)),
                        ("by_area", models.BooleanField(default=False)),
                        (
                            "secrecy",
                            models.CharField(
                                choices=[("named", "by name, seen by the recorder only"), ("secret", "secret")],
                                default="named",
                                max_length=8,
                            ),
                        ),
                        ("online", models.BooleanField(default=True)),
                        ("paper", models.BooleanField(default=True)),
                        ("binding", models.BooleanField(default=False)),
                        ("ground", models.CharField(blank=True, max_length=300)),
                        ("unreturned_ground", models.CharField(blank=True, max_length=300)),
                        ("announced_on", models.DateField(null=True)),
                        ("opens", models.DateTimeField(null=True)),
                        ("closes", models.DateTimeField(null=True)),
                        ("held", models.DateField(null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "being set up"),
                                    ("announced", "announced"),
                                    ("open", "voting"),
                                    ("closed", "counted"),
                                    ("published", "result published"),
                                    ("cancelled", "cancelled"),
                                    ("void", "void"),
                                ],
                                default="draft",
                                max_length=12,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("heads", models.PositiveIntegerField(null=True)),
                        ("area", models.DecimalField(decimal_places=4, max_digits=14, null=True)),
                        ("present", models.PositiveIntegerField(null=True)),
                        ("votes_for", models.PositiveIntegerField(null=True)),
                        ("votes_against", models.PositiveIntegerField(null=True)),
                        ("abstained", models.PositiveIntegerField(null=True)),
                        ("met", models.BooleanField(null=True)),
                        ("result", models.JSONField(default=dict)),
                        ("imported", models.BooleanField(default=False)),
                        (
                            "step",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="polls",
                                to="deliberation.topicstep",
                            ),
                        ),
                        (
                            "holding",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="poll",
                                to="deliberation.holding",
                            ),
                        ),
                        ("recorded", models.DateTimeField()),
                        ("recorder", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "verbose_name": "poll",
                        "indexes": [
                            models.Index(fields=["place", "-id"], name="poll_place"),
                            models.Index(fields=["held"], name="poll_held"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closes", None), ("closes__gt", models.F("opens")), _connector="OR"
                                ),
                                name="poll_days",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("by_area", True), ("secrecy", "secret"), _negated=True),
                                name="poll_secret_by_heads",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("binding", False), models.Q(("ground", ""), _negated=True), _connector="OR"
                                ),
                                name="poll_binds_on_a_ground",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("cancelled", "void")), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="poll_ended_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PaperEntry",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("bundle", models.PositiveIntegerField(null=True)),
                        ("round", models.PositiveSmallIntegerField(default=0)),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "numbers",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveIntegerField(), size=None
                            ),
                        ),
                        ("by", models.CharField(max_length=64)),
                        ("at", models.DateTimeField()),
                        (
                            "elector",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="paper_entries",
                                to="deliberation.elector",
                            ),
                        ),
                        (
                            "poll",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="paper_entries",
                                to="deliberation.poll",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "paper entry",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("bundle__isnull", False), ("elector", None)),
                                    models.Q(("bundle", None), ("elector__isnull", False)),
                                    _connector="OR",
                                ),
                                name="paper_entry_of_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("position__in", (1, 2, 3))), name="paper_entry_three"
                            ),
                            models.UniqueConstraint(fields=("elector", "round", "by"), name="paper_entry_by"),
                            models.UniqueConstraint(
                                fields=("elector", "round", "position"), name="paper_entry_position"
                            ),
                            models.UniqueConstraint(fields=("poll", "bundle", "round", "by"), name="paper_bundle_by"),
                            models.UniqueConstraint(
                                fields=("poll", "bundle", "round", "position"), name="paper_bundle_position"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NamedBallot",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("round", models.PositiveSmallIntegerField(default=0)),
                        (
                            "choices",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(), size=None
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(choices=[("online", "online"), ("paper", "on paper")], max_length=8),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "elector",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ballots",
                                to="deliberation.elector",
                            ),
                        ),
                        (
                            "poll",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="named_ballots",
                                to="deliberation.poll",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ballot",
                        "constraints": [models.UniqueConstraint(fields=("elector", "round"), name="named_ballot_once")],
                    },
                ),
                migrations.CreateModel(
                    name="PollKey",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("holder", models.CharField(max_length=64)),
                        ("public", models.BinaryField(max_length=32)),
                        ("made", models.DateTimeField()),
                        (
                            "poll",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="keys", to="deliberation.poll"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "counter's key",
                        "constraints": [
                            models.UniqueConstraint(fields=("poll", "position"), name="poll_key_position"),
                            models.UniqueConstraint(fields=("poll", "holder"), name="poll_key_holder"),
                            models.CheckConstraint(condition=models.Q(("position__in", (1, 2))), name="poll_key_two"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PollProxy",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("recorded", models.DateTimeField()),
                        ("recorder", models.CharField(max_length=64)),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.filerow"
                            ),
                        ),
                        (
                            "giver",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proxy",
                                to="deliberation.elector",
                            ),
                        ),
                        (
                            "holder",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="votes_for",
                                to="deliberation.elector",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "proxy",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("giver", models.F("holder")), _negated=True),
                                name="poll_proxy_another",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PollRight",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "unit",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="deliberation.pollright.unit", null=True
                            ),
                        ),
                        ("unit_hash", models.BinaryField(max_length=32)),
                        ("area", models.DecimalField(decimal_places=4, max_digits=14)),
                        (
                            "elector",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rights",
                                to="deliberation.elector",
                            ),
                        ),
                        (
                            "poll",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rights",
                                to="deliberation.poll",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "right to vote",
                        "constraints": [
                            models.UniqueConstraint(fields=("poll", "unit_hash"), name="poll_right_once"),
                            models.CheckConstraint(condition=models.Q(("area__gt", 0)), name="poll_right_area"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Resolution",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("number", models.CharField(blank=True, max_length=60)),
                        (
                            "topic",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="resolution",
                                to="deliberation.topic",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="resolutions",
                                to="territory.place",
                            ),
                        ),
                        ("title", models.CharField(max_length=120)),
                        ("text", models.TextField(blank=True)),
                        ("forum", models.CharField(blank=True, max_length=60)),
                        ("procedure", models.CharField(blank=True, max_length=60)),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "being carried out"), ("done", "carried out")],
                                default="open",
                                max_length=12,
                            ),
                        ),
                        ("decided_on", models.DateField()),
                        ("disclosed_on", models.DateField(null=True)),
                        ("carried_out_on", models.DateField(null=True)),
                        ("recorded", models.DateTimeField()),
                        ("recorder", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "verbose_name": "resolution",
                        "indexes": [
                            models.Index(fields=["place", "-decided_on", "-id"], name="resolution_place"),
                            models.Index(fields=["-decided_on", "-id"], name="resolution_decided"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("number", ""), _negated=True),
                                fields=("place", "number"),
                                name="resolution_number",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("disclosed_on", None),
                                    ("disclosed_on__gte", models.F("decided_on")),
                                    _connector="OR",
                                ),
                                name="resolution_disclosed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ResolutionTask",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("title", models.CharField(max_length=200)),
                        ("due", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "open"), ("done", "done"), ("dropped", "dropped with a reason")],
                                default="open",
                                max_length=12,
                            ),
                        ),
                        ("result", models.CharField(blank=True, max_length=500)),
                        ("done_on", models.DateField(null=True)),
                        ("recorded", models.DateTimeField()),
                        ("recorder", models.CharField(max_length=64)),
                        (
                            "case",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="resolution_tasks",
                                to="cases.case",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="resolution_tasks",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "resolution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tasks",
                                to="deliberation.resolution",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "task",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "open")), fields=["due"], name="resolution_task_due"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("done_on", None), ("state", "open")),
                                    models.Q(models.Q(("state", "open"), _negated=True), ("done_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="resolution_task_done",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "open"), models.Q(("result", ""), _negated=True), _connector="OR"
                                ),
                                name="resolution_task_result",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SealedBallot",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ("sealed", models.BinaryField(null=True)),
                        ("receipt", models.CharField(max_length=32, unique=True)),
                        (
                            "poll",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sealed_ballots",
                                to="deliberation.poll",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "sealed ballot",
                    },
                ),
                migrations.CreateModel(
                    name="SeriesMember",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="series_memberships",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "series",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="members",
                                to="deliberation.meetingseries",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "member of a series",
                        "constraints": [
                            models.UniqueConstraint(fields=("series", "organization"), name="series_member_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SessionDue",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("kind", models.CharField(max_length=48)),
                        ("since", models.DateField()),
                        ("until", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "to be held"),
                                    ("held", "held"),
                                    ("missed", "missed"),
                                    ("dropped", "no longer owed"),
                                ],
                                default="waiting",
                                max_length=12,
                            ),
                        ),
                        ("extra", models.JSONField(default=dict)),
                        (
                            "meeting",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meets",
                                to="deliberation.meeting",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sessions_due",
                                to="territory.place",
                            ),
                        ),
                        (
                            "series",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dues",
                                to="deliberation.meetingseries",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "session that is due",
                        "constraints": [
                            models.UniqueConstraint(fields=("series", "since"), name="session_due_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("meeting__isnull", False), ("state", "held")),
                                    models.Q(models.Q(("state", "held"), _negated=True), ("meeting__isnull", True)),
                                    _connector="OR",
                                ),
                                name="session_due_held",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Squad",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "origin",
                            models.CharField(
                                choices=[("resident", "residents"), ("office", "community or street")],
                                default="resident",
                                max_length=8,
                            ),
                        ),
                        ("kind", models.CharField(max_length=60)),
                        ("name", models.CharField(max_length=100)),
                        ("topic", models.CharField(max_length=60)),
                        ("purpose", models.CharField(max_length=500)),
                        ("people", models.PositiveSmallIntegerField(null=True)),
                        ("forces", models.JSONField(default=dict)),
                        (
                            "contact",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="deliberation.squad.contact", null=True
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "proposed"),
                                    ("active", "at work"),
                                    ("ended", "ended"),
                                    ("declined", "not formed"),
                                ],
                                default="proposed",
                                max_length=12,
                            ),
                        ),
                        ("proposed_on", models.DateField()),
                        ("agreed_on", models.DateField(null=True)),
                        ("ended_on", models.DateField(null=True)),
                        ("result", models.CharField(blank=True, max_length=500)),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        ("recorded", models.DateTimeField()),
                        ("recorder", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "organization",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="squad",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="squads", to="territory.place"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "squad",
                        "indexes": [models.Index(fields=["-proposed_on", "-id"], name="squad_proposed")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("proposed", "active"))),
                                fields=("place", "name"),
                                name="squad_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "active"), _negated=True),
                                    ("organization__isnull", False),
                                    _connector="OR",
                                ),
                                name="squad_active",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "ended"), _negated=True),
                                    models.Q(("result", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="squad_ended_how",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "declined"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="squad_declined_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SquadNeed",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("what", models.CharField(max_length=200)),
                        ("asked_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "asked for"),
                                    ("given", "given"),
                                    ("partly", "given in part"),
                                    ("refused", "not given"),
                                ],
                                default="asked",
                                max_length=8,
                            ),
                        ),
                        ("answer", models.CharField(blank=True, max_length=300)),
                        ("answered_on", models.DateField(null=True)),
                        (
                            "squad",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="needs",
                                to="deliberation.squad",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "material that a squad asked for",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "asked"), models.Q(("answer", ""), _negated=True), _connector="OR"
                                ),
                                name="squad_need_answered",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Topic",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("number", models.CharField(blank=True, max_length=60)),
                        ("title", models.CharField(max_length=120)),
                        ("text", models.TextField(blank=True)),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("resident", "resident"),
                                    ("case", "matter"),
                                    ("catalogue", "catalogue of topics"),
                                    ("body", "body or Party organisation"),
                                    ("meeting", "meeting"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("catalogue", models.CharField(blank=True, max_length=60)),
                        ("procedure", models.CharField(blank=True, max_length=60)),
                        ("rule", models.JSONField(default=dict)),
                        ("tier", models.CharField(blank=True, max_length=60)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "proposed"),
                                    ("under_way", "being deliberated"),
                                    ("decided", "decided, being carried out"),
                                    ("closed", "carried out"),
                                    ("postponed", "postponed"),
                                    ("ended", "ended without a resolution"),
                                    ("declined", "not taken up"),
                                ],
                                default="proposed",
                                max_length=12,
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("resolution", "resolution adopted"),
                                    ("settled", "settled without a resolution"),
                                    ("none", "no resolution"),
                                    ("postponed", "postponed"),
                                    ("delegated", "handed to a body to decide"),
                                    ("joint_meeting", "to a joint meeting"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        ("forum", models.CharField(blank=True, max_length=60)),
                        ("came", models.PositiveIntegerField(null=True)),
                        ("proposed_on", models.DateField()),
                        ("decided_on", models.DateField(null=True)),
                        ("disclosed_on", models.DateField(null=True)),
                        ("carried_out_on", models.DateField(null=True)),
                        ("closed_on", models.DateField(null=True)),
                        ("public", models.BooleanField(default=True)),
                        ("recorded", models.DateTimeField()),
                        ("recorder", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "case",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="topics",
                                to="cases.case",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="topics", to="territory.place"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "topic",
                        "indexes": [
                            models.Index(fields=["place", "-proposed_on", "-id"], name="topic_place"),
                            models.Index(fields=["-proposed_on", "-id"], name="topic_proposed"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("number", ""), _negated=True),
                                fields=("place", "number"),
                                name="topic_number",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_on", None), ("decided_on__gte", models.F("proposed_on")), _connector="OR"
                                ),
                                name="topic_decided_after",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "declined"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="topic_declined_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Convention",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("residents", "residents' convention"),
                                    ("compound", "convention of a compound or courtyard"),
                                    ("charter", "charter of self-government"),
                                    ("special", "convention on one subject"),
                                ],
                                default="residents",
                                max_length=12,
                            ),
                        ),
                        ("title", models.CharField(max_length=120)),
                        ("edition", models.PositiveSmallIntegerField(default=1)),
                        ("purpose", models.CharField(blank=True, max_length=500)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("commenting", "open for comments"),
                                    ("adopting", "put to adoption"),
                                    ("adopted", "adopted"),
                                    ("published", "published, not filed"),
                                    ("submitted", "submitted to the street"),
                                    ("filed", "filed with the street"),
                                    ("superseded", "superseded"),
                                    ("repealed", "repealed"),
                                    ("dropped", "dropped"),
                                ],
                                default="draft",
                                max_length=12,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        ("drafted_on", models.DateField()),
                        ("comments_from", models.DateField(null=True)),
                        ("comments_until", models.DateField(null=True)),
                        ("put_on", models.DateField(null=True)),
                        ("adopted_on", models.DateField(null=True)),
                        (
                            "adopted_by",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("poll", "by a vote"),
                                    ("topic", "by a topic that was resolved"),
                                    ("meeting", "by a meeting"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("due", models.PositiveIntegerField(null=True)),
                        ("came", models.PositiveIntegerField(null=True)),
                        ("votes_for", models.PositiveIntegerField(null=True)),
                        ("published_on", models.DateField(null=True)),
                        ("file_by", models.DateField(null=True)),
                        ("submitted_on", models.DateField(null=True)),
                        ("filed_on", models.DateField(null=True)),
                        ("filed_number", models.CharField(blank=True, max_length=60)),
                        ("in_time", models.BooleanField(null=True)),
                        ("ended_on", models.DateField(null=True)),
                        ("recorded", models.DateTimeField()),
                        ("recorder", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="conventions",
                                to="territory.place",
                            ),
                        ),
                        (
                            "previous",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="next",
                                to="deliberation.convention",
                            ),
                        ),
                        (
                            "publication",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="convention",
                                to="publishing.publication",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="conventions",
                                to="deliberation.meeting",
                            ),
                        ),
                        (
                            "poll",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="convention",
                                to="deliberation.poll",
                            ),
                        ),
                        (
                            "topic",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="convention",
                                to="deliberation.topic",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "convention",
                        "indexes": [
                            models.Index(fields=["place", "-drafted_on", "-id"], name="convention_place"),
                            models.Index(fields=["-drafted_on", "-id"], name="convention_drafted"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("place", "title", "edition"), name="convention_edition"),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("draft", "commenting", "adopting", "adopted"))),
                                fields=("place", "title"),
                                name="convention_made_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("published", "submitted", "filed"))),
                                fields=("place", "title"),
                                name="convention_in_force_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("repealed", "dropped")), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="convention_ended_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "filed"), _negated=True),
                                    ("filed_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="convention_filed_on",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("comments_until", None),
                                    ("comments_until__gte", models.F("comments_from")),
                                    _connector="OR",
                                ),
                                name="convention_comments",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("votes_for", None),
                                    ("came", None),
                                    ("came__gte", models.F("votes_for")),
                                    _connector="OR",
                                ),
                                name="convention_votes",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BodyFounding",
                    fields=[
                        (
                            "decided_by",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("poll", "by a vote"),
                                    ("topic", "by a topic that was resolved"),
                                    ("meeting", "by a meeting"),
                                    ("own", "by own count, on paper"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("decided_on", models.DateField(null=True)),
                        ("due", models.PositiveIntegerField(null=True)),
                        ("came", models.PositiveIntegerField(null=True)),
                        ("votes_for", models.PositiveIntegerField(null=True)),
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("kind", models.CharField(max_length=60)),
                        ("name", models.CharField(max_length=100)),
                        ("purpose", models.CharField(blank=True, max_length=500)),
                        (
                            "proposed_by",
                            models.CharField(
                                choices=[
                                    ("residents", "residents"),
                                    ("branch", "Party branch"),
                                    ("community", "community"),
                                ],
                                default="residents",
                                max_length=12,
                            ),
                        ),
                        (
                            "contact",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="deliberation.bodyfounding.contact", null=True
                            ),
                        ),
                        ("branch_led", models.BooleanField(default=False)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "proposed"),
                                    ("registered", "registered"),
                                    ("ended", "ended"),
                                    ("dropped", "not founded"),
                                ],
                                default="proposed",
                                max_length=12,
                            ),
                        ),
                        ("proposed_on", models.DateField()),
                        ("terms", models.PositiveSmallIntegerField(default=0)),
                        ("since", models.DateField(null=True)),
                        ("until", models.DateField(null=True)),
                        (
                            "term",
                            models.CharField(
                                choices=[
                                    ("none", "not elected yet"),
                                    ("running", "term running"),
                                    ("ending", "term about to end"),
                                    ("over", "term over, not re-elected"),
                                ],
                                default="none",
                                max_length=8,
                            ),
                        ),
                        ("file_by", models.DateField(null=True)),
                        ("filed_on", models.DateField(null=True)),
                        ("filed_number", models.CharField(blank=True, max_length=60)),
                        ("ended_on", models.DateField(null=True)),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        ("recorded", models.DateTimeField()),
                        ("recorder", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "organization",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="founding",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="body_foundings",
                                to="territory.place",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="deliberation.meeting",
                            ),
                        ),
                        (
                            "poll",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s",
                                to="deliberation.poll",
                            ),
                        ),
                        (
                            "topic",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s",
                                to="deliberation.topic",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "self-government body",
                        "indexes": [
                            models.Index(fields=["-proposed_on", "-id"], name="body_founding_proposed"),
                            models.Index(
                                condition=models.Q(("state", "registered")),
                                fields=["until"],
                                name="body_founding_until",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("proposed", "registered"))),
                                fields=("place", "name"),
                                name="body_founding_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "registered"), _negated=True),
                                    ("organization__isnull", False),
                                    _connector="OR",
                                ),
                                name="body_founding_registered",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("ended", "dropped")), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="body_founding_ended_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until", None), ("until__gt", models.F("since")), _connector="OR"),
                                name="body_founding_term",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("due", None),
                                    models.Q(("came__lte", models.F("due")), ("votes_for__lte", models.F("came"))),
                                    _connector="OR",
                                ),
                                name="body_founding_numbers",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BodyElection",
                    fields=[
                        (
                            "decided_by",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("poll", "by a vote"),
                                    ("topic", "by a topic that was resolved"),
                                    ("meeting", "by a meeting"),
                                    ("own", "by own count, on paper"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("decided_on", models.DateField(null=True)),
                        ("due", models.PositiveIntegerField(null=True)),
                        ("came", models.PositiveIntegerField(null=True)),
                        ("votes_for", models.PositiveIntegerField(null=True)),
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("term", "for a new term"), ("by", "by-election")],
                                default="term",
                                max_length=4,
                            ),
                        ),
                        ("term", models.PositiveSmallIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("called", "called"), ("held", "held"), ("void", "void")],
                                default="called",
                                max_length=8,
                            ),
                        ),
                        ("called_on", models.DateField()),
                        ("stood", models.PositiveSmallIntegerField(default=0)),
                        ("elected", models.PositiveSmallIntegerField(default=0)),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.place"
                            ),
                        ),
                        (
                            "founding",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="elections",
                                to="deliberation.bodyfounding",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="deliberation.meeting",
                            ),
                        ),
                        (
                            "poll",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s",
                                to="deliberation.poll",
                            ),
                        ),
                        (
                            "topic",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s",
                                to="deliberation.topic",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "election",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "called")),
                                fields=("founding",),
                                name="body_election_one_open",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "term"), ("state", "held")),
                                fields=("founding", "term"),
                                name="body_election_term_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "void"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="body_election_void_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("elected__lte", models.F("stood"))), name="body_election_stood"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("due", None),
                                    models.Q(("came__lte", models.F("due")), ("votes_for__lte", models.F("came"))),
                                    _connector="OR",
                                ),
                                name="body_election_numbers",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TopicGroup",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=60)),
                        ("about", models.CharField(max_length=500)),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "open"), ("closed", "closed")], default="open", max_length=8
                            ),
                        ),
                        ("opened_on", models.DateField()),
                        ("closed_on", models.DateField(null=True)),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        ("recorder", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="topic_groups",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "topic group",
                        "indexes": [models.Index(fields=["-opened_on", "-id"], name="topic_group_opened")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")), fields=("place", "name"), name="topic_group_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "closed"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="topic_group_closed_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GroupNotice",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("text", models.CharField(max_length=500)),
                        ("day", models.DateField()),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notices",
                                to="deliberation.topicgroup",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "announcement",
                    },
                ),
                migrations.CreateModel(
                    name="GroupMember",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("alias", models.CharField(blank=True, max_length=20)),
                        ("joined_on", models.DateField()),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="members",
                                to="deliberation.topicgroup",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "member of a topic group",
                        "constraints": [
                            models.UniqueConstraint(fields=("group", "user"), name="group_member_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("alias", ""), _negated=True),
                                fields=("group", "alias"),
                                name="group_member_alias",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GroupIdea",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("text", models.CharField(max_length=500)),
                        ("posted_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("posted", "waits for an answer"),
                                    ("case", "became a matter"),
                                    ("topic", "became a topic"),
                                    ("answered", "answered"),
                                    ("hidden", "hidden, with the reason"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="posted",
                                max_length=12,
                            ),
                        ),
                        ("answer", models.CharField(blank=True, max_length=500)),
                        ("answered_on", models.DateField(null=True)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "case",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="group_idea",
                                to="cases.case",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.place"
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="ideas",
                                to="deliberation.groupmember",
                            ),
                        ),
                        (
                            "topic",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="group_idea",
                                to="deliberation.topic",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ideas",
                                to="deliberation.topicgroup",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "idea",
                        "indexes": [models.Index(fields=["group", "-id"], name="group_idea_of_group")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("answered", "hidden")), _negated=True),
                                    models.Q(("answer", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="group_idea_answered",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "case"), _negated=True), ("case__isnull", False), _connector="OR"
                                ),
                                name="group_idea_case",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "topic"), _negated=True),
                                    ("topic__isnull", False),
                                    _connector="OR",
                                ),
                                name="group_idea_topic",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TopicRating",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("solved", models.BooleanField()),
                        ("satisfied", models.PositiveSmallIntegerField()),
                        ("on", models.DateField()),
                        (
                            "topic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ratings",
                                to="deliberation.topic",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "rating",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("satisfied__gte", 1), ("satisfied__lte", 5)),
                                name="topic_rating_satisfied",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TopicStep",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("code", models.CharField(max_length=60)),
                        ("label", models.CharField(max_length=60)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("under_way", "under way"),
                                    ("not_met", "not enough, can be held again"),
                                    ("done", "done"),
                                    ("merged", "held together with the next"),
                                    ("skipped", "skipped with a reason"),
                                ],
                                default="waiting",
                                max_length=12,
                            ),
                        ),
                        ("notice_on", models.DateField(null=True)),
                        ("done_on", models.DateField(null=True)),
                        ("summary", models.TextField(blank=True)),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        ("actor", models.CharField(blank=True, max_length=64)),
                        (
                            "publication",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="topic_steps",
                                to="publishing.publication",
                            ),
                        ),
                        (
                            "topic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="deliberation.topic",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "step",
                        "constraints": [
                            models.UniqueConstraint(fields=("topic", "position"), name="topic_step_position"),
                            models.UniqueConstraint(fields=("topic", "code"), name="topic_step_code"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "skipped"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="topic_step_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "done"), _negated=True),
                                    ("done_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="topic_step_done_on",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TopicObjection",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("text", models.CharField(max_length=500)),
                        ("raised", models.DateTimeField()),
                        ("due", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("waiting", "waiting for an answer"), ("answered", "answered")],
                                default="waiting",
                                max_length=12,
                            ),
                        ),
                        ("answer", models.TextField(blank=True)),
                        ("answered", models.DateTimeField(null=True)),
                        ("answered_by", models.CharField(blank=True, max_length=64)),
                        (
                            "topic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="objections",
                                to="deliberation.topic",
                            ),
                        ),
                        (
                            "step",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="objections",
                                to="deliberation.topicstep",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "objection",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answered", None), ("state", "waiting")),
                                    models.Q(("state", "answered"), ("answered__isnull", False)),
                                    _connector="OR",
                                ),
                                name="objection_answered",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StepPaper",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=200)),
                        ("at", models.DateTimeField()),
                        ("actor", models.CharField(max_length=64)),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.filerow"
                            ),
                        ),
                        (
                            "step",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="deliberation.topicstep",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "attachment",
                    },
                ),
                migrations.CreateModel(
                    name="BodyCandidate",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=60)),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("head", "director"),
                                    ("deputy", "deputy director"),
                                    ("member", "member"),
                                    ("supervisor", "supervisor"),
                                ],
                                default="member",
                                max_length=12,
                            ),
                        ),
                        ("consent", models.BooleanField(default=False)),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organizations.person",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organizations.post",
                            ),
                        ),
                        (
                            "election",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="candidates",
                                to="deliberation.bodyelection",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "candidate",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("person", None)),
                                fields=("election", "name"),
                                name="body_candidate_once",
                            ),
                            models.UniqueConstraint(fields=("election", "person"), name="body_candidate_person_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConventionClause",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("text", models.CharField(max_length=1000)),
                        (
                            "convention",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="clauses",
                                to="deliberation.convention",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "clause",
                        "constraints": [
                            models.UniqueConstraint(fields=("convention", "position"), name="clause_position")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConventionComment",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("clause", models.CharField(max_length=1000)),
                        ("text", models.CharField(max_length=500)),
                        ("raised", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting for an answer"),
                                    ("answered", "answered"),
                                    ("taken_up", "taken up"),
                                ],
                                default="waiting",
                                max_length=12,
                            ),
                        ),
                        ("answer", models.CharField(blank=True, max_length=1000)),
                        ("answered", models.DateTimeField(null=True)),
                        ("answered_by", models.CharField(blank=True, max_length=64)),
                        (
                            "convention",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comments",
                                to="deliberation.convention",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "comment",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answered", None), ("state", "waiting")),
                                    models.Q(
                                        models.Q(("state", "waiting"), _negated=True), ("answered__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="convention_comment_answered",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PollMark",
                    fields=[
                        (
                            "elector",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="mark",
                                serialize=False,
                                to="deliberation.elector",
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(choices=[("online", "online"), ("paper", "on paper")], max_length=8),
                        ),
                        (
                            "poll",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="marks",
                                to="deliberation.poll",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "mark of having voted",
                    },
                ),
            ],
        ),
    ]
