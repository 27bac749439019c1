"""What is learned from: samples, their targets, splits and statistics."""
