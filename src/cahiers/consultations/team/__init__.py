"""Who holds which role in a consultation, and how colleagues come and go."""
