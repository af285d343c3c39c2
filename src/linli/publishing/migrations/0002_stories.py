"""The tables of stories and letters, made from their models."""

import django.db.models.deletion
from django.db import migrations, models

import linli.core.fields
import linli.core.tables


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0002_lending"),
        ("publishing", "0001_tables"),
        ("territory", "0001_tables"),
    ]

    operations = [
        linli.core.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Story",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("number", models.CharField(blank=True, max_length=40)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("exemplar", "story of an exemplar"),
                                    ("praise", "letter of praise"),
                                    ("thanks", "letter of thanks"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "about",
                            models.CharField(
                                choices=[("person", "a person"), ("unit", "a unit"), ("place", "a place")],
                                max_length=12,
                            ),
                        ),
                        ("title", models.CharField(max_length=120)),
                        ("subject", models.CharField(blank=True, max_length=160)),
                        ("text", models.TextField(blank=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "not published"),
                                    ("published", "published"),
                                    ("dropped", "dropped"),
                                ],
                                default="draft",
                                max_length=12,
                            ),
                        ),
                        ("written_on", models.DateField()),
                        ("written_by", models.CharField(max_length=64)),
                        ("published_on", models.DateField(null=True)),
                        ("published_by", models.CharField(blank=True, max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "organization",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stories",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stories",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "story or letter",
                        "indexes": [
                            models.Index(fields=["place", "-id"], name="story_place"),
                            models.Index(
                                condition=models.Q(("state", "published")),
                                fields=["-published_on", "-id"],
                                name="story_public",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "published"), _negated=True),
                                    models.Q(("published_on", None), _negated=True),
                                    _connector="OR",
                                ),
                                name="story_published",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StoryPart",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "name",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="publishing.storypart.name", null=True
                            ),
                        ),
                        (
                            "words",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="publishing.storypart.words", null=True
                            ),
                        ),
                        ("writer", models.CharField(blank=True, max_length=64)),
                        ("consented_on", models.DateField(null=True)),
                        (
                            "consented_by",
                            models.CharField(
                                blank=True,
                                choices=[("self", "the person"), ("guardian", "a guardian"), ("family", "the family")],
                                max_length=12,
                            ),
                        ),
                        (
                            "means",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("here", "face to face"),
                                    ("paper", "on paper"),
                                    ("phone", "by phone"),
                                    ("online", "online, signed in"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("withdrawn_on", models.DateField(null=True)),
                        (
                            "story",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="publishing.story"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "what is told of a person",
                        "indexes": [models.Index(fields=["story"], name="story_part_story")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn_on", None),
                                    models.Q(
                                        ("consented_on", None),
                                        ("name__isnull", True),
                                        ("words__isnull", True),
                                        ("writer", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="story_part_withdrawn",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("consented_on", None),
                                    models.Q(
                                        models.Q(("consented_by", ""), _negated=True),
                                        models.Q(("means", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="story_part_consent",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
