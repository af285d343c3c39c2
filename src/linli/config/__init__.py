"""Settings, root addresses and the WSGI entry; the only package that knows every app."""
