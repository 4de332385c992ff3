"""Corrections of what was read, as functions from a synthesis to another."""
