"""The tables of this app, made from its models."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import linli.core.fields
import linli.core.tables


class Migration(migrations.Migration):
    replaces = [
        ("accountability", "0001_satisfaction_surveys"),
        ("accountability", "0002_frozen_figures"),
        ("accountability", "0003_reports"),
        ("accountability", "0004_assessments"),
        ("accountability", "0005_asks"),
        ("accountability", "0006_alerts"),
        ("accountability", "0007_asks_grounded_on_documents"),
        ("accountability", "0008_asks_of_bodies"),
    ]

    initial = True

    dependencies = [
        ("core", "0001_tables"),
        ("organizations", "0001_tables"),
        ("publishing", "0001_tables"),
        ("territory", "0001_tables"),
    ]

    operations = [
        linli.core.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Ask",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=120)),
                        ("asker", models.CharField(max_length=160)),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("street", "street"),
                                    ("county", "county"),
                                    ("city", "city"),
                                    ("province", "province"),
                                    ("nation", "nation"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("ground", models.CharField(blank=True, max_length=300)),
                        (
                            "period",
                            models.CharField(
                                choices=[
                                    ("once", "once"),
                                    ("monthly", "monthly"),
                                    ("quarterly", "quarterly"),
                                    ("yearly", "yearly"),
                                ],
                                default="once",
                                max_length=12,
                            ),
                        ),
                        ("due", models.DateField()),
                        ("emergency", models.CharField(blank=True, max_length=300)),
                        ("short", models.BooleanField(default=False)),
                        ("valid_from", models.DateField()),
                        ("valid_until", models.DateField()),
                        ("since", models.DateField(null=True)),
                        ("until", models.DateField(null=True)),
                        ("retention_days", models.PositiveIntegerField()),
                        ("personal", models.BooleanField(default=False)),
                        ("fields", models.JSONField(default=list)),
                        (
                            "form",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="accountability.ask.form", null=True
                            ),
                        ),
                        ("form_name", models.CharField(blank=True, max_length=160)),
                        ("media_type", models.CharField(blank=True, max_length=100)),
                        ("mapping", models.JSONField(default=dict)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "proposed"),
                                    ("approved", "approved"),
                                    ("sent", "sent"),
                                    ("answered", "answered by all"),
                                    ("outside", "came past the registry"),
                                    ("refused", "refused"),
                                    ("ended", "ended"),
                                    ("expired", "expired"),
                                ],
                                default="proposed",
                                max_length=12,
                            ),
                        ),
                        ("proposed", models.DateTimeField()),
                        ("proposer", models.CharField(max_length=64)),
                        ("proposer_person_id", models.BigIntegerField(null=True)),
                        ("decided", models.DateTimeField(null=True)),
                        ("decider", models.CharField(blank=True, max_length=64)),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("forgotten", models.DateTimeField(null=True)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("bodies", models.ManyToManyField(related_name="asked", to="organizations.organization")),
                        (
                            "document",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="asks",
                                to="publishing.policydocument",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="asks",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="asks", to="territory.place"
                            ),
                        ),
                        ("places", models.ManyToManyField(related_name="asked", to="territory.place")),
                    ],
                    options={
                        "verbose_name": "ask",
                        "indexes": [
                            models.Index(fields=["state", "valid_until"], name="ask_state"),
                            models.Index(fields=["-id"], name="ask_newest"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("valid_until__gte", models.F("valid_from"))), name="ask_validity"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AskAnswer",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("period", models.CharField(blank=True, max_length=24)),
                        ("due", models.DateTimeField()),
                        ("short", models.BooleanField(default=False)),
                        ("sent", models.DateTimeField()),
                        ("answered", models.DateTimeField(null=True)),
                        ("actor", models.CharField(blank=True, max_length=64)),
                        ("cells", models.PositiveIntegerField(default=0)),
                        ("filled", models.PositiveIntegerField(default=0)),
                        ("typed", models.PositiveIntegerField(default=0)),
                        ("uncollected", models.PositiveIntegerField(default=0)),
                        (
                            "content",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="accountability.askanswer.content", null=True
                            ),
                        ),
                        ("forgotten", models.DateTimeField(null=True)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "ask",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="accountability.ask",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ask_answers",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ask_answers",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "answer to an ask",
                        "indexes": [
                            models.Index(fields=["place", "-sent"], name="ask_answer_place"),
                            models.Index(fields=["answered"], name="ask_answer_answered"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("organization", None)),
                                fields=("ask", "place", "period"),
                                name="ask_answer_once",
                            ),
                            models.UniqueConstraint(
                                fields=("ask", "organization", "period"), name="ask_answer_body_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("filled__lte", models.F("cells"))), name="ask_answer_cells"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Assessment",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("scheme", models.CharField(max_length=64)),
                        ("label", models.CharField(max_length=160)),
                        ("definition", models.JSONField()),
                        (
                            "of",
                            models.CharField(
                                choices=[
                                    ("organization", "organisations"),
                                    ("place", "places"),
                                    ("post", "holders of posts"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("period", models.CharField(max_length=40)),
                        ("first", models.DateField()),
                        ("last", models.DateField()),
                        ("due", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("opened", "open for ratings"),
                                    ("frozen", "figures frozen"),
                                    ("rated", "ratings closed"),
                                    ("scored", "scored"),
                                    ("published", "made known"),
                                    ("objections", "objections being answered"),
                                    ("final", "final"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="opened",
                                max_length=16,
                            ),
                        ),
                        ("opened", models.DateTimeField()),
                        ("opened_by", models.CharField(max_length=64)),
                        ("frozen", models.DateTimeField(null=True)),
                        ("scored", models.DateTimeField(null=True)),
                        ("scored_by", models.CharField(blank=True, max_length=64)),
                        ("published", models.DateTimeField(null=True)),
                        ("objections_until", models.DateTimeField(null=True)),
                        ("shown", models.BooleanField(default=False)),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assessments",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "round of assessment",
                        "indexes": [models.Index(fields=["-opened", "-id"], name="assessment_newest")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "withdrawn"), _negated=True),
                                fields=("scheme", "place", "period"),
                                name="assessment_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("last__gte", models.F("first"))), name="assessment_span"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("of", "post"), _negated=True), ("shown", False), _connector="OR"
                                ),
                                name="assessment_persons_not_shown",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Assessed",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("label", models.CharField(max_length=200)),
                        ("statement", models.TextField(blank=True)),
                        ("comment", models.TextField(blank=True)),
                        ("commented", models.DateTimeField(null=True)),
                        ("total", models.DecimalField(decimal_places=4, max_digits=8, null=True)),
                        ("grade", models.CharField(blank=True, max_length=64)),
                        ("grade_until", models.DateField(null=True)),
                        (
                            "organization",
                            models.ForeignKey(
                                null=True, on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True, on_delete=django.db.models.deletion.PROTECT, to="organizations.person"
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assessed",
                                to="territory.place",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                null=True, on_delete=django.db.models.deletion.PROTECT, to="organizations.post"
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assessed_as_unit",
                                to="territory.place",
                            ),
                        ),
                        (
                            "assessment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assessed",
                                to="accountability.assessment",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "assessed unit or post",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("organization__isnull", False),
                                        ("person", None),
                                        ("post", None),
                                        ("unit", None),
                                    ),
                                    models.Q(
                                        ("organization", None),
                                        ("person", None),
                                        ("post", None),
                                        ("unit__isnull", False),
                                    ),
                                    models.Q(
                                        ("organization", None),
                                        ("person__isnull", False),
                                        ("post__isnull", False),
                                        ("unit", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="assessed_one_subject",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("total", None), models.Q(("total__gte", 0), ("total__lte", 100)), _connector="OR"
                                ),
                                name="assessed_bounds",
                            ),
                            models.UniqueConstraint(
                                fields=("assessment", "organization", "unit", "post"),
                                name="assessed_once",
                                nulls_distinct=False,
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AssessmentPart",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("criterion", models.CharField(max_length=64)),
                        (
                            "role",
                            models.CharField(
                                choices=[("self", "the assessed"), ("body", "a rating body")], max_length=8
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(default=0)),
                        ("points", models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                        ("words", models.TextField(blank=True)),
                        ("given", models.DateTimeField(null=True)),
                        ("given_by", models.CharField(blank=True, max_length=64)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "assessed",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parts",
                                to="accountability.assessed",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                null=True, on_delete=django.db.models.deletion.PROTECT, to="organizations.organization"
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                null=True, on_delete=django.db.models.deletion.PROTECT, to="organizations.post"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "part of an assessment",
                        "indexes": [models.Index(fields=["organization"], name="assessment_part_body")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("assessed", "criterion", "role", "number"), name="assessment_part_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("organization", None), ("post", None), _connector="OR"),
                                name="assessment_part_holder",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("points", None),
                                    models.Q(("points__gte", 0), ("points__lte", 100)),
                                    _connector="OR",
                                ),
                                name="assessment_part_bounds",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FrozenFigure",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("figure", models.CharField(max_length=200)),
                        ("definition", models.JSONField()),
                        ("parts", models.JSONField(default=dict)),
                        ("sentence", models.TextField()),
                        ("value", models.DecimalField(decimal_places=12, max_digits=40, null=True)),
                        ("exact", models.DecimalField(decimal_places=12, max_digits=40, null=True)),
                        ("numerator", models.DecimalField(decimal_places=12, max_digits=40, null=True)),
                        ("denominator", models.DecimalField(decimal_places=12, max_digits=40, null=True)),
                        ("period_from", models.DateField(null=True)),
                        ("period_to", models.DateField()),
                        ("as_of", models.DateField()),
                        ("scope", models.CharField(blank=True, max_length=64)),
                        ("frozen", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "frozen figure",
                        "indexes": [models.Index(fields=["figure", "as_of"], name="frozen_figure_day")],
                    },
                ),
                migrations.CreateModel(
                    name="CriterionScore",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("criterion", models.CharField(max_length=64)),
                        ("source", models.CharField(max_length=16)),
                        ("weight", models.DecimalField(decimal_places=4, max_digits=7)),
                        ("on", models.DateField()),
                        ("points", models.DecimalField(decimal_places=4, max_digits=9, null=True)),
                        ("exact", models.CharField(blank=True, max_length=120)),
                        ("extra", models.JSONField(default=dict)),
                        (
                            "assessed",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="scores",
                                to="accountability.assessed",
                            ),
                        ),
                        (
                            "figure",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accountability.frozenfigure",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "assessment score",
                        "constraints": [
                            models.UniqueConstraint(fields=("assessed", "criterion"), name="criterion_score_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("points", None),
                                    models.Q(("points__gte", 0), ("points__lte", 100)),
                                    _connector="OR",
                                ),
                                name="criterion_score_bounds",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FrozenRows",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("part", models.CharField(blank=True, max_length=60)),
                        ("of", models.CharField(max_length=64)),
                        (
                            "ids",
                            django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                        ),
                        (
                            "figure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rows",
                                to="accountability.frozenfigure",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "rows of a frozen figure",
                        "constraints": [models.UniqueConstraint(fields=("figure", "part"), name="frozen_rows_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Inspection",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "plan",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="inspections",
                                to="accountability.inspectionplan",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("supervision", "supervision"), ("cross", "cross-inspection")], max_length=12
                            ),
                        ),
                        ("subject", models.CharField(max_length=120)),
                        ("level", models.CharField(blank=True, max_length=40)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="inspections",
                                to="territory.place",
                            ),
                        ),
                        (
                            "inspector",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="inspections_made",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "inspected",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="inspections_had",
                                to="organizations.organization",
                            ),
                        ),
                        ("team", models.CharField(blank=True, max_length=120)),
                        ("scope", models.CharField(blank=True, max_length=500)),
                        ("due", models.DateField(null=True)),
                        ("on", models.DateField(null=True)),
                        ("problems", models.PositiveIntegerField(null=True)),
                        ("outcome", models.CharField(blank=True, max_length=300)),
                        (
                            "state",
                            models.CharField(
                                choices=[("planned", "planned"), ("done", "done"), ("cancelled", "cancelled")],
                                default="planned",
                                max_length=12,
                            ),
                        ),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "verbose_name": "inspection",
                        "indexes": [models.Index(fields=["on"], name="inspection_on")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("inspector", None),
                                    ("inspected", None),
                                    models.Q(("inspector", models.F("inspected")), _negated=True),
                                    _connector="OR",
                                ),
                                name="inspection_of_others",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("on__isnull", False), models.Q(("state", "done"), _negated=True), _connector="OR"
                                ),
                                name="inspection_day",
                            ),
                            models.UniqueConstraint(fields=("plan", "inspector", "inspected"), name="inspection_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Finding",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("text", models.TextField()),
                        ("found", models.DateField()),
                        ("due", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "to be put right"),
                                    ("rectified", "put right, to be verified"),
                                    ("verified", "verified"),
                                ],
                                default="open",
                                max_length=12,
                            ),
                        ),
                        ("rectification", models.TextField(blank=True)),
                        ("rectified", models.DateField(null=True)),
                        ("verified", models.DateField(null=True)),
                        ("returned", models.TextField(blank=True)),
                        ("returns", models.PositiveSmallIntegerField(default=0)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="territory.place",
                            ),
                        ),
                        (
                            "inspection",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="accountability.inspection",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "finding",
                        "indexes": [models.Index(fields=["found"], name="finding_found")],
                    },
                ),
                migrations.CreateModel(
                    name="InspectionPlan",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("supervision", "supervision"), ("cross", "cross-inspection")], max_length=12
                            ),
                        ),
                        ("title", models.CharField(max_length=120)),
                        ("due", models.DateField()),
                        ("made", models.DateTimeField()),
                        ("made_by", models.CharField(max_length=64)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="inspection_plans",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "inspection plan",
                    },
                ),
                migrations.CreateModel(
                    name="IssuedReport",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="accountability.templateversion",
                            ),
                        ),
                        (
                            "template",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="accountability.reporttemplate",
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="issued_reports",
                                to="territory.place",
                            ),
                        ),
                        ("scope", models.CharField(blank=True, max_length=64)),
                        ("as_of", models.DateField()),
                        ("issued", models.DateTimeField()),
                        ("actor", models.CharField(max_length=64)),
                        ("issuer", models.CharField(max_length=120)),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.filerow"
                            ),
                        ),
                        (
                            "printed",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.filerow",
                            ),
                        ),
                        ("typed", models.JSONField(default=list)),
                    ],
                    options={
                        "verbose_name": "issued report",
                        "indexes": [models.Index(fields=["template", "scope", "-id"], name="issued_report_last")],
                    },
                ),
                migrations.CreateModel(
                    name="IssuedFigure",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("position", models.PositiveIntegerField()),
                        ("label", models.CharField(max_length=200)),
                        ("printed", models.CharField(max_length=200)),
                        (
                            "figure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="accountability.frozenfigure",
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="figures",
                                to="accountability.issuedreport",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "figure of an issued report",
                        "constraints": [
                            models.UniqueConstraint(fields=("report", "position"), name="issued_figure_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Objection",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("criterion", models.CharField(max_length=64)),
                        ("reason", models.TextField()),
                        ("raised", models.DateTimeField()),
                        ("raised_by", models.CharField(max_length=64)),
                        ("due", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "to be answered"),
                                    ("upheld", "upheld, corrected"),
                                    ("dismissed", "not upheld"),
                                ],
                                default="open",
                                max_length=12,
                            ),
                        ),
                        ("answer", models.TextField(blank=True)),
                        ("answered", models.DateTimeField(null=True)),
                        ("answered_by", models.CharField(blank=True, max_length=64)),
                        ("before", models.JSONField(default=dict)),
                        ("after", models.JSONField(default=dict)),
                        (
                            "assessed",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="objections",
                                to="accountability.assessed",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "objection",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("assessed", "criterion"),
                                name="objection_open_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportTemplate",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("code", models.SlugField(max_length=60, unique=True)),
                        ("label", models.CharField(max_length=120)),
                        ("retired", models.BooleanField(default=False)),
                        ("version", models.PositiveIntegerField(default=0)),
                        (
                            "place",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="report_templates",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "report template",
                    },
                ),
                migrations.CreateModel(
                    name="SatisfactionSurvey",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("title", models.CharField(max_length=120)),
                        ("on", models.DateField()),
                        ("asked", models.PositiveIntegerField()),
                        ("answered", models.PositiveIntegerField()),
                        ("satisfied", models.PositiveIntegerField()),
                        ("source", models.CharField(blank=True, max_length=120)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="surveys",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "satisfaction survey",
                        "indexes": [models.Index(fields=["on"], name="survey_on")],
                        "constraints": [
                            models.UniqueConstraint(fields=("title", "place", "on"), name="survey_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("answered__lte", models.F("asked")), ("satisfied__lte", models.F("answered"))
                                ),
                                name="survey_parts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TemplateVersion",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("number", models.PositiveIntegerField()),
                        ("at", models.DateTimeField()),
                        ("actor", models.CharField(max_length=64)),
                        ("note", models.CharField(blank=True, max_length=200)),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.filerow"
                            ),
                        ),
                        (
                            "template",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="accountability.reporttemplate",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version of a report template",
                        "constraints": [
                            models.UniqueConstraint(fields=("template", "number"), name="template_version_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Alert",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("rule", models.CharField(max_length=60)),
                        ("title", models.CharField(max_length=200)),
                        (
                            "colour",
                            models.CharField(
                                choices=[("yellow", "yellow"), ("orange", "orange"), ("red", "red")], max_length=8
                            ),
                        ),
                        ("value", models.DecimalField(decimal_places=12, max_digits=40, null=True)),
                        ("as_of", models.DateField()),
                        ("raised", models.DateTimeField()),
                        ("changed", models.DateTimeField()),
                        ("calm_since", models.DateField(null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "nobody has seen it yet"),
                                    ("acknowledged", "taken in hand"),
                                    ("settled", "settled with a note"),
                                    ("ended", "green again"),
                                ],
                                default="open",
                                max_length=16,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=1000)),
                        ("answered", models.DateTimeField(null=True)),
                        ("answered_by", models.CharField(blank=True, max_length=64)),
                        ("ended", models.DateTimeField(null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "holder",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="alerts",
                                to="organizations.post",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="alerts", to="territory.place"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "alert",
                        "indexes": [
                            models.Index(condition=models.Q(("ended", None)), fields=["place"], name="alert_place_open")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended", None)), fields=("rule", "place"), name="alert_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended__isnull", False), ("state", "ended")),
                                    models.Q(models.Q(("state", "ended"), _negated=True), ("ended", None)),
                                    _connector="OR",
                                ),
                                name="alert_ended",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
