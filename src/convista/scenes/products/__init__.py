"""Products of one provider: which files hold the bands, and the factors that metadata give their numbers."""
