"""On what posts under unified recruitment are given."""

import django.db.models.deletion
from django.db import migrations, models

import linli.core.tables


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0001_tables"),
        ("organizations", "0002_lending"),
        ("territory", "0001_tables"),
    ]

    operations = [
        linli.core.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="RecruitedPost",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("round", "chosen in a round"),
                                    ("transfer", "transferred from such a post"),
                                    ("exception", "exception"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("given", models.DateTimeField()),
                        ("given_by", models.CharField(max_length=64)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recruited_posts",
                                to="territory.place",
                            ),
                        ),
                        (
                            "post",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recruited",
                                to="organizations.post",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="given",
                                to="careers.recruitmentround",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "post under unified recruitment",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("basis", "round"), ("round__isnull", False)),
                                    models.Q(models.Q(("basis", "round"), _negated=True), ("round", None)),
                                    _connector="OR",
                                ),
                                name="recruited_post_round",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("basis", "exception"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="recruited_post_reason",
                            ),
                        ],
                    },
                )
            ]
        ),
    ]
