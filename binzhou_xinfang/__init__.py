"""滨州信访. The Celery application is loaded with the package, so that a task called from a page finds its broker."""

from binzhou_xinfang.celery import app as celery_app

__all__ = ["celery_app"]
