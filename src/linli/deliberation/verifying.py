"""Checking a published count: anybody with the file finds out whether its numbers agree with one another.

Pure: nothing is read but the document. It proves the arithmetic, the marks against the ballots and the thresholds;
a voter finds the own receipt in it. It cannot prove who the voters were: the list of those is not in it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from linli.deliberation.counting import Amounts, Rule, Tally

FORMAT = "linli-poll-1"


def faults(document: Mapping[str, Any]) -> list[str]:
    """What does not agree, each as a code with what it is about; empty where all does."""
    if document.get("format") != FORMAT:
        return ["format"]
    try:
        return list(_faults(document, document["result"]))
    except (KeyError, TypeError, ValueError, IndexError, ZeroDivisionError, AssertionError) as error:
        return [f"unreadable: {error!r}"]


def _faults(document: Mapping[str, Any], result: Mapping[str, Any]) -> Iterator[str]:
    channels = result["channels"]
    for name, numbers in channels.items():
        if numbers["marked"] != numbers["ballots"]:
            yield f"unequal: {name}"
    present = sum(numbers["ballots"] for numbers in channels.values())
    if present != result["present"]["heads"]:
        yield "present"
    if present > result["due"]["heads"]:
        yield "due"
    yield from _receipts(document, channels)
    if not result["withheld"]:
        yield from _options(document, result)
        yield from _thresholds(result, result)
        if "unreturned" in result:
            yield from _thresholds(result, result["unreturned"])


def _receipts(document: Mapping[str, Any], channels: Mapping[str, Any]) -> Iterator[str]:
    receipts = document["receipts"]
    if receipts != sorted(set(receipts)):
        yield "receipts.order"
    if document["secret"] and len(receipts) != channels["online"]["ballots"]:
        yield "receipts.number"


def _options(document: Mapping[str, Any], result: Mapping[str, Any]) -> Iterator[str]:
    got = [Amounts.of(option) for option in result["options"]]
    present = Amounts.of(result["present"])
    if any(item.heads > present.heads or item.area > present.area for item in got):
        yield "options"
    if sum(item.heads for item in got) > present.heads * document["most"]:
        yield "options.sum"


def _thresholds(result: Mapping[str, Any], part: Mapping[str, Any]) -> Iterator[str]:
    rule = Rule.of(result["rule"])
    options = tuple(Amounts.of(option) for option in part["options"])
    counted = Tally(Amounts.of(result["due"]), Amounts.of(part["present"]), options)
    if [item.as_dict() for item in counted.quorum(rule)] != part["quorum"]:
        yield "quorum"
    asked = range(len(part["passing"]))
    if [[item.as_dict() for item in counted.passing(rule, number)] for number in asked] != part["passing"]:
        yield "passing"
    met = any(counted.met(rule, number) for number in asked) if rule.passing else None
    if part["met"] != met:
        yield "met"
