import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("deliberation", "0010_squads")]

    operations = [
        migrations.AddField(model_name="agendaitem", name="ratings", field=models.JSONField(default=dict)),
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
    ]
