"""Django's PostgreSQL backend, which looks at the line instead of asking; settings name this package as `ENGINE`."""
