"""The tests' house: like the demo, quicker where nothing is lost by it."""

import os

os.environ.setdefault("XINQIAO_PURPOSE", "test")

from .demo import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
MINOR_MODE = False  # tests run at night, too; its own tests turn it on
