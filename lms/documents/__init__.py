"""What the derived index holds of learning: a module per noun."""
