"""The record types of publishing: loading this loads them all."""

from linli.publishing.records import policy_documents, publications, stories

__all__ = ["policy_documents", "publications", "stories"]
