"""Films of filters, classical and learned."""
