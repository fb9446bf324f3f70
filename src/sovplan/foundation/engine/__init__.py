"""One text, several engines: rules as pure functions of numbers, and what runs them."""
