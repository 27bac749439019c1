"""Options that several commands share, and which of them go with which data."""
