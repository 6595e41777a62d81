"""WSGI entry point for gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "binzhou_xinfang.settings")

application = get_wsgi_application()

# The workers are forked from here: they share every page and form, and no collection of theirs walks through them.
get_resolver().url_patterns  # noqa: B018  read, and with it every view
gc.collect()
gc.freeze()
