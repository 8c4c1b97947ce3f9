from helpers.datasets.toml_errors import line_of


def test_the_line_of_a_place():
    text = "a = 1\n\n[b]\nc = 2\n[[d]]\ne = 3\n  [d.f]\n  g = 4\n[[d]]\n# e\n[d.f]\n'g' = 5\n"
    places = {("a",): 1, ("b", "c"): 4, ("d", 0, "e"): 6, ("d", 0, "f", "g"): 8, ("d", 1, "f", "g"): 12}
    places |= {("x",): 1, ("b", "x"): 3, ("d", 1, "e"): 9, ("d", 0, "x"): 5, ("d", 1, "f"): 11}
    assert {place: line_of(text, place) for place in places} == places


def test_what_stands_in_a_later_table_is_not_meant():
    text = "[[d]]\ne = 3\n[[d]]\n  [d.f]\n  g = 4\n[h]\ne = 5\n[i]\nj = 6\n"
    places = {("d", 0, "f", "g"): 1, ("d", 1, "f", "g"): 5, ("d", 1, "e"): 3, ("h", "j"): 6, ("i", "e"): 8}
    assert {place: line_of(text, place) for place in places} == places
