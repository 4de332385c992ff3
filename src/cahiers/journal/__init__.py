"""Append-only history in numbered streams: audit, live feed and provenance in one."""
