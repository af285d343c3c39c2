"""Texts that leave the house may be letters, and say where one opts out of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("messaging", "0001_tables")]

    operations = [
        migrations.AlterField(model_name="delivery", name="text", field=models.CharField(max_length=1000)),
        migrations.AddField(
            model_name="delivery",
            name="opt_out",
            field=models.CharField(blank=True, default="", max_length=300),
            preserve_default=False,
        ),
    ]
