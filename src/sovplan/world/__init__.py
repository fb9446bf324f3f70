"""What is so: what could be made, what is made when things are short, and what is left."""
