"""Fixtures for every test; the database ones come from linli.core.testing.plugin, named in pyproject.toml."""
