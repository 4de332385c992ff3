"""Reading what came in: accept, hide, redact, put copies together."""
