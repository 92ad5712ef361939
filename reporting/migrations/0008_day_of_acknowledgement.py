"""The day on which the United Nations acknowledged a report, apart from when that was noted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reporting", "0007_filed_reports_stay")]

    operations = [
        migrations.AddField(
            model_name="transmission",
            name="acknowledged_on",
            field=models.DateField(blank=True, null=True),
        ),
    ]
