"""A cost that was undone may be entered again under its reference; a refund may bear the reference of its payment; a
donor may ask not to be named to the meeting; and why a settlement was opened again is kept."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sponsorship', '0002_the_ledger_adds_up'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='actualcost',
            name='paid_once_a_reference',
        ),
        migrations.AddField(
            model_name='actualcost',
            name='is_undone',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='contribution',
            name='is_named',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='offer',
            name='settlement_note',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddConstraint(
            model_name='actualcost',
            constraint=models.UniqueConstraint(condition=models.Q(('amount__gt', 0), ('is_undone', False), ('undoes', None)), fields=('offer', 'kind', 'reference'), name='paid_once_a_reference'),
        ),
        migrations.AddConstraint(
            model_name='actualcost',
            constraint=models.UniqueConstraint(condition=models.Q(('amount__lt', 0), ('is_undone', False), ('undoes', None)), fields=('offer', 'kind', 'reference'), name='came_back_once_a_reference'),
        ),
    ]
