"""Which establishments and organisations were invited, and which answered."""
