"""Cahiers: large public consultations, from what people say to a plan that is followed up."""

__version__ = "0.1.0"
