"""Words by which labels, roles, lists of people and names are recognised, in many languages: data, no decisions."""
