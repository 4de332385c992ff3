"""Documents that people drop, looked at and corrected before they become notebooks."""
