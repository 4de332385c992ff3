"""Documents of the template that no reader was tuned on: made here in many looks, read back, judged item by item."""
