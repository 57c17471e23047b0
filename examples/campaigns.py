#!/usr/bin/env python3
"""Writes generated campaigns as records for `presend stream`: one JSON object a line.

    examples/campaigns.py [COUNT] [--seed N] [--kilobytes K]

The same seed gives the same bytes. Needs nothing but Python 3.8.
"""

import argparse
import json
import random
import sys

WORDS = (
    "spring summer garden table chair lamp price week order new blue green wood linen kitchen "
    "reader letter story house light morning coffee delivery colour sample studio workshop".split()
)
SUBJECTS = ["What is new in our {}", "Your {} is here", "FREE {} TODAY!!!", "A word about the {}", "{} and {}"]
FOOTERS = [
    '<p><a href="https://brand.example/unsubscribe?u={id}">Unsubscribe</a> · Brand Ltd, 1 High Street, London</p>',
    "<p>Brand Ltd, 1 High Street, London</p>",
    '<p><a href="https://bit.ly/{id}">click here</a></p>',
]


def sentence(chance):
    words = " ".join(chance.choice(WORDS) for _ in range(chance.randint(6, 14)))
    return words.capitalize() + ". "


def campaign(chance, number, size):
    subject = chance.choice(SUBJECTS).format(chance.choice(WORDS), chance.choice(WORDS))
    sender = chance.choice(["Brand <news@brand.example>", "Brand <someone@outlook.com>", "news@brand.example"])
    blocks, length = [], 0
    while length < size:
        block = (
            '<tr><td style="padding:8px;color:#333"><h2>{}</h2><p>{}</p>'
            '<a href="https://shop.brand.example/{}/{}"><img src="https://cdn.brand.example/{}.jpg"{}></a></td></tr>\n'
        ).format(
            chance.choice(WORDS).title(),
            "".join(sentence(chance) for _ in range(chance.randint(2, 5))),
            chance.choice(WORDS),
            chance.randint(1, 9999),
            chance.randint(1, 99),
            chance.choice([' alt="A picture" width="600" height="300"', "", ' alt=""']),
        )
        blocks.append(block)
        length += len(block)
    return (
        "From: {}\nTo: reader{}@recipient.example\nSubject: {}\nMIME-Version: 1.0\n"
        "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
        "<!DOCTYPE html>\n<html lang=en><head><title>{}</title></head><body><table>\n{}</table>\n{}\n</body></html>\n"
    ).format(sender, number, subject, subject, "".join(blocks), chance.choice(FOOTERS).format(id=number))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kilobytes", type=float, default=10, help="about this size each")
    args = parser.parse_args()
    chance = random.Random(args.seed)
    for number in range(args.count):
        text = campaign(chance, number, args.kilobytes * 1024)
        sys.stdout.write(json.dumps({"id": number, "name": f"{number}.eml", "campaign": text}) + "\n")


if __name__ == "__main__":
    main()
