"""Updates -> what is done about them, a module a matter."""
