"""What the layers of a network make of a whole scene, and places that they hold for alike."""
