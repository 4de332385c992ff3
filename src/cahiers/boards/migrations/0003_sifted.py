from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('boards', '0002_screens'),
    ]

    operations = [
        migrations.AddField(
            model_name='board',
            name='sifted',
            field=models.PositiveBigIntegerField(default=0),
        ),
    ]
