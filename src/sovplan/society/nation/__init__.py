"""The country in seven sectors, 1917-1940: rules of people and things at the national level."""
