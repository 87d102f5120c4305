"""The ground floor: the language every room speaks, importing nothing of ours."""
