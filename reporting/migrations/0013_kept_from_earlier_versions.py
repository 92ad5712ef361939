"""Parts that a correction keeps for States Parties leave the earlier versions of its report too: also those filed
before this rule."""

import json

from django.db import migrations, models


def keep(apps, schema_editor):
    """From what later versions withheld: note it, owe the public documents of earlier ones anew, mark their figures."""
    Version, Pdf, Figure = (
        apps.get_model("reporting", name) for name in ("ReportVersion", "ReportPdf", "ReportFigure")
    )
    for report in apps.get_model("reporting", "Report").objects.filter(versions__number__gte=2).distinct():
        exports = {
            version: json.loads(version.public_content)
            for version in Version.objects.filter(report=report).order_by("number")
        }
        report.kept_since = {
            name: version.number for version, export in exports.items() for name in export["withheld"]
        }
        report.save(update_fields=["kept_since"])
        for version, export in exports.items():
            sections = export["report"]["sections"].items()
            shown = {f"{key}/{part}" for key, section in sections for part in section["parts"]}
            gone = [name for name in shown if report.kept_since.get(name, 0) > version.number]
            for name in gone:
                cells = f"{name.replace('/', '.')}."
                Figure.objects.filter(version=version, path__startswith=cells).update(withheld=True)
            if gone:
                made = Pdf.objects.filter(version=version, audience="public").exclude(status="withdrawn")
                made.update(status="owed", file=None, attempts=0, claimed_at=None, error="")


class Migration(migrations.Migration):
    dependencies = [("reporting", "0012_answers_are_noted")]

    operations = [
        migrations.AddField("report", "kept_since", models.JSONField(blank=True, default=dict)),
        migrations.RunPython(keep, migrations.RunPython.noop),
    ]
