"""The tables of this app, made from its models."""

import django.db.models.deletion
from django.db import migrations, models

import linli.core.tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0001_tables"),
        ("core", "0002_guards"),
        ("organizations", "0002_lending"),
        ("territory", "0001_tables"),
    ]

    operations = [
        linli.core.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Campaign",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("title", models.CharField(max_length=160)),
                        ("kind", models.CharField(blank=True, max_length=64)),
                        ("purpose", models.CharField(blank=True, max_length=500)),
                        ("document", models.CharField(blank=True, max_length=160)),
                        ("unit", models.CharField(blank=True, max_length=160)),
                        ("since", models.DateField()),
                        ("until", models.DateField(null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("running", "running"),
                                    ("closed", "closed"),
                                    ("dropped", "dropped"),
                                ],
                                default="planned",
                                max_length=12,
                            ),
                        ),
                        ("ended_on", models.DateField(null=True)),
                        ("summary", models.TextField(blank=True)),
                        ("numbers", models.JSONField(default=dict)),
                        ("published", models.DateField(null=True)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "lead",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="campaigns",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "campaign",
                        "indexes": [models.Index(fields=["place", "state"], name="campaign_place")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                                name="campaign_span",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_on", None), ("state__in", ("planned", "running"))),
                                    models.Q(
                                        ("ended_on__isnull", False),
                                        ("state__in", ("closed", "dropped")),
                                        models.Q(("summary", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="campaign_ended",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CampaignFinding",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("number", models.CharField(blank=True, max_length=40)),
                        ("topic", models.CharField(blank=True, max_length=120)),
                        ("text", models.CharField(max_length=500)),
                        ("found_on", models.DateField()),
                        ("due", models.DateField(null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "being put right"), ("done", "put right")],
                                default="open",
                                max_length=12,
                            ),
                        ),
                        ("done_on", models.DateField(null=True)),
                        ("extra", models.JSONField(default=dict)),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="campaigns.campaign",
                            ),
                        ),
                        (
                            "case",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="campaign_finding",
                                to="cases.case",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="campaign_findings",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "finding",
                        "indexes": [models.Index(fields=["campaign", "state", "-id"], name="campaign_finding_list")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("done_on", None), ("state", "open")),
                                    models.Q(("done_on__isnull", False), ("state", "done")),
                                    _connector="OR",
                                ),
                                name="campaign_finding_done",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("done_on", None), ("done_on__gte", models.F("found_on")), _connector="OR"
                                ),
                                name="campaign_finding_span",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CampaignItem",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("title", models.CharField(max_length=120)),
                        ("unit", models.CharField(blank=True, max_length=160)),
                        ("since", models.DateField()),
                        ("until", models.DateField(null=True)),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("extra", models.JSONField(default=dict)),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="campaigns.campaign",
                            ),
                        ),
                        (
                            "lead",
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
                        "verbose_name": "item",
                        "constraints": [
                            models.UniqueConstraint(fields=("campaign", "title"), name="campaign_item_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CampaignReview",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("on", models.DateField()),
                        ("text", models.CharField(max_length=500)),
                        ("actor", models.CharField(max_length=64)),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to="campaigns.campaign",
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
                        "verbose_name": "review",
                    },
                ),
                migrations.CreateModel(
                    name="CampaignTarget",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("households", models.PositiveIntegerField(null=True)),
                        ("begun", models.BooleanField(default=False)),
                        ("since", models.DateField(null=True)),
                        ("until", models.DateField(null=True)),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("extra", models.JSONField(default=dict)),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="targets",
                                to="campaigns.campaign",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="campaign_targets",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "place of a campaign",
                        "constraints": [
                            models.UniqueConstraint(fields=("campaign", "place"), name="campaign_target_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CampaignPhoto",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("when", models.CharField(choices=[("before", "before"), ("after", "after")], max_length=8)),
                        ("at", models.DateTimeField()),
                        ("actor", models.CharField(max_length=64)),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.filerow"
                            ),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="photos",
                                to="campaigns.campaigntarget",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "photo",
                    },
                ),
                migrations.CreateModel(
                    name="CampaignMark",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "state",
                            models.CharField(
                                choices=[("done", "done"), ("not_needed", "not needed here")], max_length=12
                            ),
                        ),
                        ("on", models.DateField()),
                        ("note", models.CharField(blank=True, max_length=200)),
                        ("actor", models.CharField(max_length=64)),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="marks",
                                to="campaigns.campaignitem",
                            ),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="marks",
                                to="campaigns.campaigntarget",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "done at a place",
                        "constraints": [
                            models.UniqueConstraint(fields=("target", "item"), name="campaign_mark_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "done"), models.Q(("note", ""), _negated=True), _connector="OR"
                                ),
                                name="campaign_mark_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CampaignUnit",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("unit", models.CharField(max_length=160)),
                        ("since", models.DateField()),
                        ("extra", models.JSONField(default=dict)),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="units",
                                to="campaigns.campaign",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="campaign_units",
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
                        "verbose_name": "participating body",
                        "constraints": [
                            models.UniqueConstraint(fields=("campaign", "unit"), name="campaign_unit_once")
                        ],
                    },
                ),
            ],
        ),
    ]
