import itertools
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from matplotlib import pyplot as plt

from helpers.reporting import style

PAPER = {"light": "#fdfdfc", "dark": "#16191d"}
# Machado, Oliveira & Fernandes (2009), severity 1.
CONFUSIONS = {
    "none": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]]
    ),
}


def linear(colour):
    value = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    x, y, z = np.cbrt(to_xyz @ np.clip(rgb, 1e-3, 1) / np.array([0.9505, 1, 1.089]))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def contrast(one, other):
    weights = np.array([0.2126, 0.7152, 0.0722])
    low, high = sorted((weights @ linear(one), weights @ linear(other)))
    return (high + 0.05) / (low + 0.05)


def themed(theme, colours):
    return [style.DARK[colour] if theme == "dark" else colour for colour in colours]


@pytest.mark.parametrize("theme", PAPER)
def test_marks_and_text_stand_out_from_the_page(theme):
    assert all(contrast(colour, PAPER[theme]) >= 3 for colour in themed(theme, style.PALETTE))
    assert all(contrast(colour, PAPER[theme]) >= 4.5 for colour in themed(theme, (style.INK, style.MUTED)))


@pytest.mark.parametrize("theme", PAPER)
@pytest.mark.parametrize("confusion", CONFUSIONS)
def test_colours_differ_for_every_eye(theme, confusion):
    seen = [lab(CONFUSIONS[confusion] @ linear(colour)) for colour in themed(theme, style.PALETTE)]
    assert min(np.linalg.norm(a - b) for a, b in itertools.combinations(seen, 2)) > 12


def test_first_two_colours_differ_in_grey():
    lightness = [lab(linear(colour))[0] for colour in style.PALETTE[:2]]
    assert abs(lightness[0] - lightness[1]) > 20


def drawn(label="x"):
    figure, ax = plt.subplots()
    ax.plot([0, 1], [0, 120_000], color=style.BLUE)
    ax.set_xlabel(label)
    return style.to_svg(figure)


def test_svg_is_the_same_twice_and_names_no_address_but_namespaces():
    assert drawn() == drawn()
    addresses = set(re.findall(r"https?://[^\"' ]+", drawn()))
    assert addresses == {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_svg_carries_no_indents_fonts_of_its_own_or_empty_groups():
    figure, ax = plt.subplots()
    ax.set_title("two  spaces")
    svg = style.to_svg(figure)
    assert svg.count("font-family") == 1
    assert "\n " not in svg
    assert not [group for group in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}g") if not len(group)]
    assert ">two  spaces</text>" in svg


def test_svg_follows_the_theme():
    svg = drawn()
    assert f"stroke: var(--{style.BLUE[1:]})" in svg
    assert f"@media (prefers-color-scheme:dark){{svg{{--{style.BLUE[1:]}:{style.DARK[style.BLUE]}" in svg
    assert not re.search(r'style="[^"]*(fill|stroke): #(?!0{6}|f{6})', svg)


@pytest.mark.parametrize("label", ["$x^2$ costs $5", "<script>&\"'", "a\x00b\u202e", "--> x <!--", "顧客", "#00497f"])
def test_label_is_shown_word_for_word(label):
    tree = ET.fromstring(drawn(label))
    texts = ["".join(node.itertext()) for node in tree.iter("{http://www.w3.org/2000/svg}text")]
    assert label.replace("\x00", "�").replace("\u202e", "�") in texts


def test_text_made_before_the_style_was_used_is_not_typeset_either():
    plt.rcdefaults()
    figure, ax = plt.subplots()
    ax.set_title("$a$")
    assert ">$a$</text>" in style.to_svg(figure)


def test_names_on_an_axis_are_not_typeset_either():
    plt.rcdefaults()
    figure, ax = plt.subplots()
    ax.bar([f"${i}$" for i in range(12)], range(12))
    svg = style.to_svg(figure)
    assert all(f">${i}$</text>" in svg for i in range(12))


def test_axes_read_as_plain_numbers():
    assert ">120,000</text>" in drawn()
    figure, ax = plt.subplots()
    ax.loglog([1, 1e6], [0.01, 1])
    svg = style.to_svg(figure)
    assert ">1,000,000</text>" in svg
    assert "mathdefault" not in svg


def test_large_numbers_close_together_are_written_out():
    figure, ax = plt.subplots()
    ax.plot([0, 1], [1_000_000, 1_000_001])
    assert ">1,000,000.2</text>" in style.to_svg(figure)


def test_a_chosen_axis_format_stays():
    figure, ax = plt.subplots()
    ax.plot([0, 1], [0, 1])
    ax.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    assert ">100%</text>" in style.to_svg(figure)


def test_the_style_typesets_nothing():
    plt.rcdefaults()
    style.use()
    _, ax = plt.subplots()
    assert ax.set_title("$a$").get_parse_math() is False
