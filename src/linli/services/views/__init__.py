"""Pages of services: of the desk and the back office, and those that need no login."""
