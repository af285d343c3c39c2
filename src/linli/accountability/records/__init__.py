"""The record types of accountability: loading this loads them all."""

from linli.accountability.records import surveys

__all__ = ["surveys"]
