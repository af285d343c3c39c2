"""The WSGI application that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
application = get_wsgi_application()
# What is loaded now stays for good: it is not looked through for garbage again and again, at each page's expense.
gc.freeze()
gc.set_threshold(10_000, 20, 20)
