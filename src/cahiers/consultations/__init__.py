"""Consultations, their themes and stages, and who may do what."""
