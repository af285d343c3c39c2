"""The record types of accountability: loading this loads them all."""

from linli.accountability.records import asks, surveys

__all__ = ["asks", "surveys"]
