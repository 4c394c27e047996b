"""Where things stand in a drawing: layouts without any drawing in them."""
