"""The admin for editors, one module for each family of models. Admin classes describe; they do not compute."""
