import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("partner", "0008_xinqiao"),
    ]

    operations = [
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("manager", "负责人"),
                            ("desk", "前台"),
                            ("finance", "财务"),
                            ("carer", "咨询师或医生"),
                            ("worker", "社区工作者"),
                        ],
                        default="manager",
                        max_length=8,
                        verbose_name="在团队中做什么",
                    ),
                ),
                ("joined_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="memberships", to="partner.partner"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ["joined_at", "pk"]},
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(fields=("partner", "user"), name="one_membership_each"),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["manager", "desk", "finance", "carer", "worker"])),
                name="membership_role_known",
            ),
        ),
        # Django cannot give an existing table to a model of ours: the people move over, then the field is made anew.
        migrations.RunSQL(
            """INSERT INTO partner_membership (public_id, role, joined_at, partner_id, user_id)
            SELECT gen_random_uuid(), 'manager', now(), partner_id, user_id FROM partner_partner_users""",
            migrations.RunSQL.noop,
        ),
        migrations.RemoveField(model_name="partner", name="users"),
        migrations.AddField(
            model_name="partner",
            name="users",
            field=models.ManyToManyField(
                blank=True,
                related_name="partners",
                through="partner.Membership",
                to=settings.AUTH_USER_MODEL,
                verbose_name="团队",
            ),
        ),
    ]
