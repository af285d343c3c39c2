"""The record types of accountability: loading this loads them all."""

from linli.accountability.records import asks, assessments, inspecting, surveys

__all__ = ["asks", "assessments", "inspecting", "surveys"]
