"""The rows that an import writes: computed, and written many at a time."""
