import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notebooks', '0008_links'),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportedText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('keys', models.JSONField()),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='said', to='notebooks.importedfile')),
                ('notebook', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='imported_texts', to='notebooks.notebook')),
            ],
            options={
                'ordering': ('notebook', 'pk'),
            },
        ),
        migrations.AddField(
            model_name='importdraft',
            name='chosen',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='importdraft',
            name='updates',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='notebooks.notebook'),
        ),
    ]
