"""The tables of this app, made from its models."""

from decimal import Decimal

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

import linli.core.fields
import linli.core.tables


class Migration(migrations.Migration):
    replaces = [("shop", "0001_shops")]

    initial = True

    dependencies = [
        ("organizations", "0001_tables"),
        ("points", "0001_tables"),
        ("territory", "0001_tables"),
    ]

    operations = [
        linli.core.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="PartnerShop",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("points", "points shop"), ("neighbour", "good-neighbour shop")],
                                default="points",
                                max_length=12,
                            ),
                        ),
                        ("name", models.CharField(max_length=60)),
                        ("address", models.CharField(max_length=120)),
                        ("hours", models.CharField(max_length=120)),
                        (
                            "contact",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="shop.partnershop.contact", null=True
                            ),
                        ),
                        (
                            "phone",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="shop.partnershop.phone", null=True
                            ),
                        ),
                        ("settles", models.BooleanField(default=False)),
                        ("since", models.DateField()),
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
                                related_name="partner_shops",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="partner_shops",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "shop",
                        "constraints": [
                            models.UniqueConstraint(fields=("place", "name"), name="partner_shop_once"),
                            models.CheckConstraint(
                                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                                name="partner_shop_agreement",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("settles", False), ("organization__isnull", False), _connector="OR"
                                ),
                                name="partner_shop_settles_with",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RewardItem",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=60)),
                        ("unit", models.CharField(blank=True, max_length=12)),
                        ("points", models.PositiveIntegerField()),
                        ("value_fen", models.PositiveBigIntegerField()),
                        (
                            "value_yuan",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.ExpressionWrapper(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("value_fen"), "*", models.Value(Decimal("0.01"))
                                    ),
                                    output_field=models.DecimalField(decimal_places=2, max_digits=16, null=True),
                                ),
                                output_field=models.DecimalField(decimal_places=2, max_digits=16, null=True),
                            ),
                        ),
                        ("month_limit", models.PositiveSmallIntegerField(null=True)),
                        ("low", models.PositiveIntegerField(default=0)),
                        ("since", models.DateField()),
                        ("ended_on", models.DateField(null=True)),
                        ("recorded", models.DateTimeField()),
                        ("recorder", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.place"
                            ),
                        ),
                        (
                            "shop",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="items", to="shop.partnershop"
                            ),
                        ),
                        (
                            "stock",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reward_item",
                                to="points.account",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "goods",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_on", None)), fields=("shop", "name"), name="reward_item_once"
                            ),
                            models.CheckConstraint(condition=models.Q(("points__gt", 0)), name="reward_item_price"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RewardPrice",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("since", models.DateField()),
                        ("points", models.PositiveIntegerField()),
                        ("value_fen", models.PositiveBigIntegerField()),
                        ("at", models.DateTimeField()),
                        ("actor", models.CharField(max_length=64)),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="prices", to="shop.rewarditem"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "price",
                        "indexes": [models.Index(fields=["since"], name="reward_price_since")],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("points__gt", 0)), name="reward_price_points")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Settlement",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("month", models.DateField()),
                        ("number", models.CharField(max_length=40)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("drawn", "drawn up"),
                                    ("checked", "checked"),
                                    ("paid", "paid"),
                                    ("sent_back", "sent back"),
                                ],
                                default="drawn",
                                max_length=12,
                            ),
                        ),
                        ("lines", models.JSONField(default=list)),
                        ("pieces", models.IntegerField()),
                        ("points", models.BigIntegerField()),
                        ("value_fen", models.BigIntegerField()),
                        (
                            "value_yuan",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.ExpressionWrapper(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("value_fen"), "*", models.Value(Decimal("0.01"))
                                    ),
                                    output_field=models.DecimalField(decimal_places=2, max_digits=16, null=True),
                                ),
                                output_field=models.DecimalField(decimal_places=2, max_digits=16, null=True),
                            ),
                        ),
                        ("drawn_on", models.DateField()),
                        ("drawn_by", models.CharField(max_length=64)),
                        ("checked_on", models.DateField(null=True)),
                        ("checked_by", models.CharField(blank=True, max_length=64)),
                        ("paid_on", models.DateField(null=True)),
                        ("paid_by", models.CharField(blank=True, max_length=64)),
                        ("voucher", models.CharField(blank=True, max_length=60)),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.place"
                            ),
                        ),
                        (
                            "shop",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="settlements",
                                to="shop.partnershop",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "settlement",
                        "indexes": [models.Index(fields=["-month", "-id"], name="settlement_month")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "sent_back"), _negated=True),
                                fields=("shop", "month"),
                                name="settlement_month_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("checked_by", ""),
                                    models.Q(("checked_by", models.F("drawn_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="settlement_two_persons",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "paid"), _negated=True),
                                    models.Q(("paid_on__isnull", False), models.Q(("voucher", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="settlement_paid",
                            ),
                            models.CheckConstraint(condition=models.Q(("value_fen__gte", 0)), name="settlement_value"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Redemption",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("number", models.CharField(max_length=40)),
                        ("goods", models.CharField(max_length=60)),
                        ("quantity", models.PositiveIntegerField()),
                        ("points", models.PositiveBigIntegerField()),
                        ("value_fen", models.PositiveBigIntegerField(default=0)),
                        (
                            "value_yuan",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.ExpressionWrapper(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("value_fen"), "*", models.Value(Decimal("0.01"))
                                    ),
                                    output_field=models.DecimalField(decimal_places=2, max_digits=16, null=True),
                                ),
                                output_field=models.DecimalField(decimal_places=2, max_digits=16, null=True),
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("online", "reserved by the member"),
                                    ("counter", "at the counter, on behalf of the member"),
                                    ("ledger", "from a ledger of before"),
                                ],
                                default="online",
                                max_length=8,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("reserved", "reserved, to be picked up"),
                                    ("handed_over", "handed over"),
                                    ("cancelled", "cancelled"),
                                    ("expired", "not picked up in time"),
                                    ("returned", "returned"),
                                ],
                                default="reserved",
                                max_length=12,
                            ),
                        ),
                        ("day", models.DateField()),
                        ("until", models.DateTimeField(null=True)),
                        (
                            "code",
                            linli.core.fields.EncryptedTextField(blank=True, context="shop.redemption.code", null=True),
                        ),
                        ("code_hash", models.BinaryField(max_length=32, null=True)),
                        ("key", models.CharField(blank=True, max_length=64)),
                        ("handed_on", models.DateField(null=True)),
                        ("handed_by", models.CharField(blank=True, max_length=64)),
                        ("ended_on", models.DateField(null=True)),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("recorded", models.DateTimeField()),
                        ("recorder", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "gone",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="points.transfer",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="redemptions",
                                to="points.member",
                            ),
                        ),
                        (
                            "paid",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="points.transfer",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="redemptions",
                                to="territory.place",
                            ),
                        ),
                        (
                            "points_hold",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="points.hold",
                            ),
                        ),
                        (
                            "shop",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="redemptions",
                                to="shop.partnershop",
                            ),
                        ),
                        (
                            "stock_hold",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="points.hold",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="redemptions",
                                to="shop.rewarditem",
                            ),
                        ),
                        (
                            "deducted",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="returns",
                                to="shop.settlement",
                            ),
                        ),
                        (
                            "settlement",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="redemptions",
                                to="shop.settlement",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "redemption",
                        "indexes": [
                            models.Index(fields=["shop", "-day", "-id"], name="redemption_shop"),
                            models.Index(fields=["member", "item", "day"], name="redemption_member"),
                            models.Index(
                                condition=models.Q(("state", "reserved")), fields=["until"], name="redemption_running"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("place", "number"), name="redemption_number"),
                            models.UniqueConstraint(
                                condition=models.Q(("key", ""), _negated=True),
                                fields=("member", "key"),
                                name="redemption_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "reserved")),
                                fields=("code_hash",),
                                name="redemption_code_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("points__gt", 0), ("quantity__gt", 0)), name="redemption_amount"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "reserved"), _negated=True),
                                    models.Q(("code_hash__isnull", False), ("until__isnull", False)),
                                    _connector="OR",
                                ),
                                name="redemption_reserved",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("handed_over", "returned")), _negated=True),
                                    ("handed_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="redemption_handed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("source", "ledger"),
                                    models.Q(("item__isnull", False), ("shop__isnull", False)),
                                    _connector="OR",
                                ),
                                name="redemption_of_shop",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StockPaper",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("delivery", "delivery"), ("count", "stock-taking")], max_length=8
                            ),
                        ),
                        ("number", models.CharField(max_length=40)),
                        ("day", models.DateField()),
                        ("note", models.CharField(blank=True, max_length=200)),
                        ("at", models.DateTimeField()),
                        ("actor", models.CharField(max_length=64)),
                        (
                            "shop",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="shop.partnershop",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "stock paper",
                        "constraints": [
                            models.UniqueConstraint(fields=("shop", "kind", "number"), name="stock_paper_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StockLine",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("pieces", models.PositiveIntegerField()),
                        ("change", models.IntegerField()),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stock_lines",
                                to="shop.rewarditem",
                            ),
                        ),
                        (
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="shop.stockpaper"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "line of a stock paper",
                        "constraints": [models.UniqueConstraint(fields=("paper", "item"), name="stock_line_once")],
                    },
                ),
            ],
        ),
    ]
