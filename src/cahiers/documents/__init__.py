"""Synthesis documents: read from any format people use, written in any other."""
