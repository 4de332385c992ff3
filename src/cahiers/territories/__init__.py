"""The tree of territories and its codes."""
