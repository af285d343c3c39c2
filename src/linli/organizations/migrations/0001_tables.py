"""The tables of this app, made from its models."""

import django.db.models.deletion
from django.db import migrations, models

import linli.core.fields
import linli.core.tables


class Migration(migrations.Migration):
    replaces = [
        ("organizations", "0001_initial"),
        ("organizations", "0002_life_of_bodies_and_posts"),
        ("organizations", "0003_groups_and_offers"),
        ("organizations", "0004_members_by_grid_and_uses"),
    ]

    initial = True

    dependencies = [
        ("territory", "0001_tables"),
    ]

    operations = [
        linli.core.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Organization",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "type",
                            models.CharField(
                                choices=[
                                    ("party_organization", "Party organisation"),
                                    ("self_government_body", "self-government body"),
                                    ("volunteer_team", "volunteer team"),
                                    ("social_organization", "social organisation"),
                                    ("arts_group", "arts and sports group"),
                                    ("task_force", "task force"),
                                    ("joint_committee", "joint committee"),
                                    ("department", "department"),
                                    ("member_unit", "member unit"),
                                    ("property_company", "property company"),
                                    ("office", "street or community office"),
                                ],
                                max_length=24,
                            ),
                        ),
                        ("kind", models.CharField(blank=True, max_length=64)),
                        ("level", models.CharField(blank=True, max_length=64)),
                        ("state", models.CharField(blank=True, max_length=24)),
                        ("code", models.CharField(blank=True, max_length=40)),
                        ("name", models.CharField(max_length=160)),
                        ("path", models.CharField(db_index=True, max_length=200)),
                        ("members", models.PositiveIntegerField(null=True)),
                        ("members_elsewhere", models.PositiveIntegerField(null=True)),
                        ("leader", models.CharField(blank=True, max_length=60)),
                        ("basis", models.CharField(blank=True, max_length=300)),
                        ("opened_by", models.CharField(blank=True, max_length=64)),
                        ("since", models.DateField(null=True)),
                        ("until", models.DateField(null=True)),
                        ("expires", models.DateField(null=True)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "parent",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="organizations",
                                to="territory.place",
                            ),
                        ),
                        (
                            "successor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="succeeded",
                                to="organizations.organization",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "organisation",
                        "indexes": [models.Index(fields=["type", "kind"], name="organization_type_kind")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("code", ""), _negated=True),
                                fields=("type", "code"),
                                name="organization_code_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("members_elsewhere", None),
                                    ("members", None),
                                    ("members_elsewhere__lte", models.F("members")),
                                    _connector="OR",
                                ),
                                name="organization_members_elsewhere",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GridMembers",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("members", models.PositiveIntegerField(null=True)),
                        ("counted", models.DateField()),
                        ("until", models.DateField(null=True)),
                        ("extra", models.JSONField(default=dict)),
                        (
                            "grid",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grid_members",
                                to="territory.place",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grid_members",
                                to="organizations.organization",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "members by grid",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)),
                                fields=("organization", "grid"),
                                name="grid_members_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("until__gte", models.F("counted")), _connector="OR"
                                ),
                                name="grid_members_span",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Person",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=60)),
                        ("staff_number", models.CharField(blank=True, max_length=40)),
                        (
                            "phone",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="organizations.person.phone", null=True
                            ),
                        ),
                        ("phone_hash", models.BinaryField(db_index=True, max_length=32, null=True)),
                        ("key", models.BinaryField(null=True)),
                        ("created", models.DateTimeField()),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "verbose_name": "person",
                        "indexes": [models.Index(fields=["name"], name="person_name")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("staff_number", ""), _negated=True),
                                fields=("staff_number",),
                                name="person_staff_number_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Post",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("kind", models.CharField(max_length=64)),
                        ("title", models.CharField(blank=True, max_length=80)),
                        ("unit", models.CharField(blank=True, max_length=160)),
                        ("lead", models.BooleanField(default=False)),
                        ("employment", models.CharField(blank=True, max_length=24)),
                        ("origin", models.CharField(blank=True, max_length=64)),
                        ("state", models.CharField(blank=True, max_length=24)),
                        ("since", models.DateField(null=True)),
                        ("until", models.DateField(null=True)),
                        ("confirmed", models.BooleanField(default=False)),
                        ("consent", models.BooleanField(default=False)),
                        ("duty_phone", models.CharField(blank=True, max_length=30)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "organization",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="posts",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="posts",
                                to="organizations.person",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="territory.place"
                            ),
                        ),
                        (
                            "stands_in_for",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stand_ins",
                                to="organizations.post",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "post",
                        "indexes": [
                            models.Index(fields=["place", "kind"], name="post_place_kind"),
                            models.Index(condition=models.Q(("until", None)), fields=["kind"], name="post_kind_held"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("since", None), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="post_span",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("lead", True), ("until", None)),
                                fields=("place",),
                                name="post_one_lead",
                                violation_error_message="The grid has a lead already.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HouseholdGroup",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("code", models.CharField(blank=True, max_length=40)),
                        ("name", models.CharField(max_length=120)),
                        ("kind", models.CharField(default="ten_household", max_length=64)),
                        ("households", models.PositiveIntegerField(null=True)),
                        ("since", models.DateField(null=True)),
                        ("until", models.DateField(null=True)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="household_groups",
                                to="territory.place",
                            ),
                        ),
                        (
                            "lead",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="household_groups",
                                to="organizations.post",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "household group",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("since", None), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="household_group_span",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("code", ""), _negated=True),
                                fields=("code",),
                                name="household_group_code_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HandOver",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("day", models.DateField()),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("items", models.JSONField(default=list)),
                        ("at", models.DateTimeField()),
                        (
                            "organization",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="taken_over",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="hand_overs",
                                to="organizations.post",
                            ),
                        ),
                        (
                            "successor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="taken_over",
                                to="organizations.post",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "hand-over",
                    },
                ),
                migrations.CreateModel(
                    name="ResourceOffer",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("unit", models.CharField(blank=True, max_length=160)),
                        ("title", models.CharField(max_length=200)),
                        ("kind", models.CharField(blank=True, max_length=64)),
                        ("category", models.CharField(blank=True, max_length=64)),
                        ("quantity", models.CharField(blank=True, max_length=60)),
                        ("since", models.DateField(null=True)),
                        ("until", models.DateField(null=True)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "organization",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="offers",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="offers", to="territory.place"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "resource offer",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("since", None), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="resource_offer_span",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OfferUse",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("subject_type", models.CharField(max_length=48)),
                        ("subject_id", models.BigIntegerField()),
                        ("on", models.DateField()),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("helped", "it helped"),
                                    ("partly", "it helped in part"),
                                    ("not", "it did not help"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200)),
                        ("extra", models.JSONField(default=dict)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="offer_uses",
                                to="territory.place",
                            ),
                        ),
                        (
                            "offer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="uses",
                                to="organizations.resourceoffer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "offer taken up",
                        "indexes": [models.Index(fields=["subject_type", "subject_id"], name="offer_use_subject")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("offer", "subject_type", "subject_id", "on"), name="offer_use_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Seat",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("representative", models.CharField(blank=True, max_length=60)),
                        ("resources", models.CharField(blank=True, max_length=300)),
                        ("since", models.DateField()),
                        ("until", models.DateField(null=True)),
                        (
                            "committee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seats",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="organizations.organization",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "seat",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)), fields=("committee", "member"), name="seat_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                                name="seat_span",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Shift",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("day", "day duty"),
                                    ("night", "night duty"),
                                    ("weekend", "weekend duty"),
                                    ("holiday", "holiday duty"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("starts", models.DateTimeField()),
                        ("ends", models.DateTimeField()),
                        ("cancelled", models.BooleanField(default=False)),
                        (
                            "organization",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="shifts",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="shifts", to="territory.place"
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="shifts",
                                to="organizations.post",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "shift",
                        "indexes": [models.Index(fields=["place", "starts"], name="shift_place_starts")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends__gt", models.F("starts"))), name="shift_span"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
