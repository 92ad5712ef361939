"""The queue: a doorbell. What is to be done stands in the database."""

import os
from pathlib import Path

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ccm_portal.settings.base")

app = Celery("ccm_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

for folder in ("data_folder_in", "control_folder"):
    if path := app.conf.broker_transport_options.get(folder):
        Path(path).mkdir(parents=True, exist_ok=True)
