"""The record of processing that article 30 of the GDPR asks for, made of what the rooms declare and carry out."""
