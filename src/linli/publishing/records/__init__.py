"""The record types of publishing: loading this loads them all."""

from linli.publishing.records import publications  # noqa: F401
