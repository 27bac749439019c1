"""The film of a softmax."""
