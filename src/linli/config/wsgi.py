"""The WSGI application that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from linli.core.loading import loading

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
# What is loaded now stays for good: it is not looked through for garbage again and again, at each page's expense.
with loading():
    application = get_wsgi_application()
gc.set_threshold(10_000, 20, 20)
