import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("partner", "0010_alter_partner_organisation_type"),
        ("scheduling", "0002_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TeamInvitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('role', models.CharField(choices=[('manager', '负责人'), ('desk', '前台'), ('finance', '财务'), ('carer', '咨询师或医生'), ('worker', '社区工作者')], max_length=8, verbose_name='在团队中做什么')),
                ('token_digest', models.CharField(max_length=64, unique=True)),
                ('address_digest', models.CharField(max_length=64)),
                ('address_hint', models.CharField(max_length=60)),
                ('by_phone', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('accepted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('invited_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='team_invitations', to='partner.partner')),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('accepted_at', None), ('withdrawn_at', None), _connector='OR'), name='team_invitation_ends_one_way'), models.CheckConstraint(condition=models.Q(('role__in', ['manager', 'desk', 'finance', 'carer', 'worker'])), name='team_invitation_role_known'), models.UniqueConstraint(condition=models.Q(('accepted_at', None), ('withdrawn_at', None)), fields=('partner', 'address_digest'), name='team_invitation_open_once')],
            },
        ),
        # Who gives care at an organisation belongs to its team: so that the team's page shows and ends it.
        migrations.RunSQL(
            """INSERT INTO partner_membership (public_id, role, joined_at, partner_id, user_id)
            SELECT gen_random_uuid(), 'carer', now(), partner_id, user_id FROM scheduling_provider
            WHERE user_id IS NOT NULL ON CONFLICT DO NOTHING""",
            migrations.RunSQL.noop,
        ),
    ]
