"""What decided an item at a place, and which meetings and matters belong to a campaign."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


def to(model: str, name: str = "+", *, null: bool = True) -> "models.ForeignKey[models.Model]":
    """A key to a row that stays."""
    return models.ForeignKey(model, null=null, on_delete=django.db.models.deletion.PROTECT, related_name=name)


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0001_tables"),
        ("cases", "0001_tables"),
        ("deliberation", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="CampaignLink",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("campaign", to("campaigns.campaign", "links", null=False)),
                ("meeting", to("deliberation.meeting", "campaign_links")),
                ("case", to("cases.case", "campaign_links")),
                ("since", models.DateField()),
                ("actor", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name": "belongs to a campaign",
                "constraints": [
                    models.UniqueConstraint(fields=("campaign", "meeting"), name="campaign_link_meeting"),
                    models.UniqueConstraint(fields=("campaign", "case"), name="campaign_link_case"),
                    models.CheckConstraint(
                        condition=Q(("case__isnull", False), ("meeting", None))
                        | Q(("case", None), ("meeting__isnull", False)),
                        name="campaign_link_one",
                    ),
                ],
            },
        ),
        migrations.AddField(model_name="campaignmark", name="meeting", field=to("deliberation.meeting")),
        migrations.AddField(model_name="campaignmark", name="topic", field=to("deliberation.topic")),
        migrations.AddConstraint(
            model_name="campaignmark",
            constraint=models.CheckConstraint(
                condition=Q(("meeting", None), ("topic", None), _connector="OR"), name="campaign_mark_one_decision"
            ),
        ),
    ]
