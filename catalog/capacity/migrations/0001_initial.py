import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0034_reference_data'),
    ]

    operations = [
        migrations.CreateModel(
            name='Exposure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='日期')),
                ('times', models.PositiveIntegerField(default=0, verbose_name='次数')),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exposures', to='catalogue.product')),
            ],
            options={
                'ordering': ['on', 'product'],
                'constraints': [models.UniqueConstraint(fields=('on', 'product'), name='exposure_counted_once_a_day')],
            },
        ),
    ]
