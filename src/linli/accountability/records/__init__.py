"""The record types of accountability: loading this loads them all."""

from linli.accountability.records import alerts, asks, assessments, inspecting, surveys

__all__ = ["alerts", "asks", "assessments", "inspecting", "surveys"]
