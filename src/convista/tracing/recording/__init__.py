"""Recording: a network is run once while every operator is written down."""
