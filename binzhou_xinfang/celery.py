"""The Celery application: tasks are found in each app's `tasks.py`, the timetable stands in the settings."""

import os
import warnings

from celery import Celery
from celery.exceptions import SecurityWarning

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "binzhou_xinfang.settings")
# Celery warns of root because pickled messages could do anything; ours are JSON.
warnings.filterwarnings("ignore", category=SecurityWarning)

app = Celery("binzhou_xinfang")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
