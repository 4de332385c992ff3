"""Meetings, who led them and who came."""
