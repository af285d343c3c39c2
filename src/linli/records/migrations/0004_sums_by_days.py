"""Cells of sums are told by days as well. They are made anew from the rows, so the old ones go."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0003_figure_sums")]

    operations = [
        migrations.RunSQL("DELETE FROM records_sumseries", migrations.RunSQL.noop),
        migrations.DeleteModel("SumCell"),
        migrations.CreateModel(
            "SumCell",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "series_id",
                        "monthly",
                        "day",
                        "unit",
                        "days",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("monthly", models.BooleanField()),
                ("day", models.DateField()),
                ("unit", models.BigIntegerField()),
                ("days", models.IntegerField(default=0)),
                ("rows", models.IntegerField()),
                ("measured", models.IntegerField()),
                ("total", models.BigIntegerField()),
                (
                    "series",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cells",
                        to="records.sumseries",
                    ),
                ),
            ],
            options={"verbose_name": "kept sum"},
        ),
    ]
