"""The stage: marks, what they are grouped into, and drawing them in colours of a palette."""
