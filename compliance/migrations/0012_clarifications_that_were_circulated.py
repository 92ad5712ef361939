"""What everybody knows of a request for clarification once it was circulated to all States Parties. Not fenced."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("compliance", "0011_reports_adrift"),
        ("core", "0011_heads_of_chains_apart"),
    ]

    operations = [
        migrations.CreateModel(
            name="CirculatedClarification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("received_on", models.DateField()),
                ("replied_on", models.DateField(blank=True, null=True)),
                ("circulated_on", models.DateField()),
                ("is_demonstration", models.BooleanField(default=False)),
                ("state", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.state")),
            ],
        ),
        migrations.AddField(
            model_name="clarificationrequest",
            name="public",
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="compliance.circulatedclarification"),
        ),
    ]
