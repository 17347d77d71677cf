"""The courses of the demo company, and what its people have done with them."""
