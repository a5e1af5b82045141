"""Views, with one module for each kind of page."""
