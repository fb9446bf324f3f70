"""The country in seven sectors, 1921-1940: rules of people and things at the national level."""
