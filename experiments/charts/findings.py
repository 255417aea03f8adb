"""Write titles that state what was found: true for this result, hedged, at most 14 words."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from experiments.charts.reading import PAIRS_FOR_WORDS, Claim, Reading, share_of_pairs
from experiments.language import (
    ALMOST_CERTAIN,
    VERY_LIKELY,
    amount,
    certainty,
    certainty_adverb,
    counted,
    percent,
    percent_with_article,
)

MOST_WORDS = 14
# Communes in unions and outside must differ by this share before a title says so.
NOTABLE_GAP = 0.15
NOTABLE_COMMUNES = 10
# By communes and by residents must differ by this share before a title sets them against one another.
DISAGREEMENT = 0.10


ROUNDS_TO_ONE_PERCENT = 0.005
"""Share of communes below which a title counts communes: 0 % of some would be odd to read."""


def shortest_enough(candidates: Sequence[str]) -> str:
    """Return the first title with at most 14 words, else the last one."""
    return next((title for title in candidates if len(title.split()) <= MOST_WORDS), candidates[-1])


def paths_title(reading: Reading, differences: pd.DataFrame, horizon: int) -> str:
    """State what happens to one indicator; differences are its quantiles by year, in shown units."""
    finding = _finding(reading, horizon)
    turn = _turn(reading, differences)
    longer = [f"{reading.name}: {text}" for text in (turn, finding) if text]
    return shortest_enough([*longer, finding[0].upper() + finding[1:]])


def effects_title(readings: Sequence[Reading], horizon: int, lang: str) -> str:
    """Count the indicators that improve and worsen with a probability of at least 80 %."""
    judged = [reading for reading in readings if reading.judged]
    clear = [
        reading for reading in judged if reading.claim is Claim.sign and reading.probability >= VERY_LIKELY
    ]
    better = sum(reading.improving for reading in clear)
    worse = len(clear) - better
    if all(reading.claim is Claim.none for reading in readings):
        return {
            "it": f"In questi indicatori nessuna differenza dalla legislazione vigente nel {horizon}",
            "en": f"In these indicators no difference from present law in {horizon}",
        }[lang]
    if not clear:
        # A count of few pairs takes the room of the year, which the subtitle says too.
        few, surely = readings[0].pairs < PAIRS_FOR_WORDS, _relevantly(readings[0].pairs, lang)
        told = {
            "it": f"{'' if few else f'Nel {horizon} '}nessuno di questi indicatori cambia {surely}",
            "en": f"{'' if few else f'By {horizon} '}none of these indicators changes {surely}",
        }[lang]
        return told[0].upper() + told[1:]
    body = _counts(better, worse, len(judged), lang)
    hedge = _hedge(clear, lang)
    body = f"{hedge}: {body}" if hedge else body[0].upper() + body[1:]
    strongest = max(clear, key=lambda reading: abs(reading.multiples[1]))
    name = strongest.name if strongest.name[1:2].isupper() else strongest.name[0].lower() + strongest.name[1:]
    if len(clear) == 1:
        return shortest_enough([f"{body}: {name}", body])
    tail = "l’effetto più forte" if lang == "it" else "the strongest effect"
    return shortest_enough([f"{body}; {tail}: {name}", body])


def _counts(better: int, worse: int, judged: int, lang: str) -> str:
    """Count the indicators that improve and worsen; at least one does."""
    more, fewer = max(better, worse), min(better, worse)
    if lang == "it":
        verbs = {True: ("migliora", "migliorano"), False: ("peggiora", "peggiorano")}
        nouns = ("indicatore", "indicatori")
        first = f"{verbs[better >= worse][more > 1]} {counted(more, *nouns, lang)} su {judged}"
        return first + (f", {verbs[better < worse][fewer > 1]} {fewer}" if fewer else "")
    verbs = {True: ("improves", "improve"), False: ("worsens", "worsen")}
    first = f"{more} of {counted(judged, 'indicator', 'indicators', lang)} {verbs[better >= worse][more > 1]}"
    return first + (f", {fewer} {verbs[better < worse][fewer > 1]}" if fewer else "")


def map_title(
    communes: pd.DataFrame,
    in_union: pd.Series[bool] | None,
    pairs: int,
    lang: str,
    since: int | None = None,
) -> str:
    """Count the communes whose services improve and worsen, and say where when unions make the difference.

    `since` is the year from which they do, for a change over years.
    """
    total = len(communes)
    better, worse = (int((communes["verdict"] == verdict).sum()) for verdict in ("better", "worse"))
    if not better and not worse:
        return {
            "it": f"In nessun Comune i servizi cambiano {_relevantly(pairs, lang)}",
            "en": f"In no commune do services change {_relevantly(pairs, lang)}",
        }[lang]
    lead, other = ("better", worse) if better >= worse else ("worse", better)
    count = max(better, worse)
    place = _where(communes["verdict"] == lead, in_union)
    if lang == "it":
        verb, reverse = ("migliorano", "peggiorano") if lead == "better" else ("peggiorano", "migliorano")
        subject = f"{counted(count, 'Comune', 'Comuni', lang)} su {total}"
        head = f"I servizi {verb} {very_likely_adverb(pairs, lang)} in {subject}"
        where = {"inside": ", soprattutto nelle Unioni", "outside": ", soprattutto fuori dalle Unioni"}
        tail = f", {reverse} in {other}" if other else ""
    else:
        verb, reverse = ("improve", "worsen") if lead == "better" else ("worsen", "improve")
        subject = f"{count} of {counted(total, 'commune', 'communes', lang)}"
        head = f"Services {very_likely_adverb(pairs, lang)} {verb} in {subject}"
        where = {"inside": ", above all inside unions", "outside": ", above all outside unions"}
        tail = f", {reverse} in {other}" if other else ""
    both = _both(better, worse, very_likely_adverb(pairs, lang), lang)
    if since is not None:
        begin = f"{'Dal' if lang == 'it' else 'Since'} {since}"
        return shortest_enough([f"{begin} {head[0].lower()}{head[1:]}{tail}", f"{begin} {both}"])
    if other:
        # Who loses is told before where those live who gain.
        return shortest_enough([head + tail, both[0].upper() + both[1:]])
    return shortest_enough([head + where[place], head] if place else [head])


def _both(better: int, worse: int, adverb: str, lang: str) -> str:
    """Return in few words how many communes improve and how many worsen, the more numerous first."""
    verbs = {
        "it": (("migliora", "migliorano"), ("peggiora", "peggiorano")),
        "en": (("improves", "improve"), ("worsens", "worsen")),
    }[lang]
    ends = sorted(zip((better, worse), verbs, strict=True), key=lambda end: -end[0])
    noun = ("Comune", "Comuni") if lang == "it" else ("commune", "communes")
    first, second = (verb[count != 1] for count, verb in ends)
    told = f"{counted(ends[0][0], *noun, lang)} {first}"
    return f"{adverb}: {told}" + (f", {ends[1][0]} {second}" if ends[1][0] else "")


def groups_title(communes: pd.DataFrame, pairs: int, lang: str) -> str:
    """State the shares of communes and of residents better and worse off, and whether they disagree."""
    better, worse = (float((communes["verdict"] == verdict).mean()) for verdict in ("better", "worse"))
    if better + worse == 0 or any(0 < share < ROUNDS_TO_ONE_PERCENT for share in (better, worse)):
        return map_title(communes, None, pairs, lang)
    improving = better >= worse
    share, other = max(better, worse), min(better, worse)
    affected = communes["verdict"] == ("better" if improving else "worse")
    residents = float(communes.loc[affected, "population"].sum() / communes["population"].sum())
    less = residents < share
    disagree = abs(share - residents) >= DISAGREEMENT
    if lang == "it":
        verb, reverse = ("migliora", "peggiora") if improving else ("peggiora", "migliora")
        adverb = very_likely_adverb(pairs, lang)
        head = f"{adverb[0].upper()}{adverb[1:]} {verb} {percent_with_article(share, lang)} dei Comuni"
        contrast = f", ma {'solo ' if less else ''}{percent_with_article(residents, lang)} dei residenti"
        tail = f", {reverse} {percent_with_article(other, lang)}"
    else:
        verb, reverse = ("improve", "worsen") if improving else ("worsen", "improve")
        head = f"{percent(share, lang)} of communes {very_likely_adverb(pairs, lang)} {verb}"
        contrast = f", but {'only ' if less else ''}{percent(residents, lang)} of residents"
        tail = f", {percent(other, lang)} {reverse}"
    return shortest_enough([head + (contrast if disagree else tail if other else ""), head])


def instruments_title(full: Reading, alone: dict[str, Reading], horizon: int) -> str:
    """State what the whole reform does and which instrument alone does most of it; alone is by its name."""
    italian = full.lang == "it"
    finding = _finding(full, horizon)
    clear = {name: one for name, one in alone.items() if one.claim is Claim.sign}
    if full.claim is Claim.sign:
        clear = {name: one for name, one in clear.items() if one.upward == full.upward}
    short = f"{full.name}: {finding}"
    last = finding[0].upper() + finding[1:]
    if not clear:
        return shortest_enough([short, last])
    strongest = max(clear, key=lambda name: abs(clear[name].multiples[1]))
    if full.claim is Claim.sign:
        tail = f", soprattutto per «{strongest}»" if italian else f", mostly from “{strongest}”"
        noun = f"{_noun(full)}{tail}"
        hedged = full.probability >= ALMOST_CERTAIN and full.pairs >= PAIRS_FOR_WORDS
        noun_alone = [f"{full.name}: {noun}"] if hedged else []
    else:
        tail = f"; da solo pesa «{strongest}»" if italian else f"; alone, “{strongest}” counts"
        noun_alone = []
    return shortest_enough([f"{short}{tail}", *noun_alone, f"{last}{tail}", short, last])


def _finding(reading: Reading, horizon: int) -> str:
    """Say in a few words, after the indicator's name, what holds at the horizon."""
    italian = reading.lang == "it"
    if reading.claim is Claim.none:
        return (
            "nessuna differenza dalla legislazione vigente" if italian else "no difference from present law"
        )
    if reading.claim is Claim.negligible:
        return f"effetto trascurabile nel {horizon}" if italian else f"negligible effect in {horizon}"
    if reading.pairs < PAIRS_FOR_WORDS:
        share = share_of_pairs(reading)
        noun = _noun(reading)
        return f"{noun} nel {horizon} in {share}" if italian else f"{noun} in {horizon} in {share}"
    if reading.claim is Claim.sign:
        return _sign(reading, horizon)
    if reading.claim is Claim.relevance_uncertain:
        return f"rilevanza incerta nel {horizon}" if italian else f"relevance uncertain in {horizon}"
    return f"segno incerto nel {horizon}" if italian else f"sign uncertain in {horizon}"


def _sign(reading: Reading, horizon: int) -> str:
    """Name the likelier sign; at 95 % and over with its size, below with its certainty."""
    italian = reading.lang == "it"
    noun = _noun(reading)
    if reading.probability < ALMOST_CERTAIN:
        word = certainty(reading.probability, reading.lang)
        return f"{noun} {word} nel {horizon}" if italian else f"{word} {noun} in {horizon}"
    size = amount(abs(reading.median), reading.unit, reading.lang, reading.decimals)
    return f"{noun} di {size} nel {horizon}" if italian else f"{noun} of {size} in {horizon}"


def _turn(reading: Reading, differences: pd.DataFrame) -> str:
    """Say that the difference first went the other way, when that is almost certain and relevant."""
    if reading.claim is not Claim.sign or reading.pairs < PAIRS_FOR_WORDS:
        return ""
    before, least = differences.iloc[:-1], reading.threshold
    if reading.upward:
        turned = bool(((before["q95"] < 0) & (before["q50"] <= -least)).any())
    else:
        turned = bool(((before["q05"] > 0) & (before["q50"] >= least)).any())
    if not turned:
        return ""
    word = "" if reading.probability >= ALMOST_CERTAIN else certainty(reading.probability, reading.lang)
    if reading.lang == "it":
        first, then = ("calo", "aumento") if reading.upward else ("aumento", "calo")
        return f"prima un {first}, poi un {then} {word}".rstrip()
    first, then = ("a fall", "increase") if reading.upward else ("an increase", "fall")
    article = "an" if (word or then)[0] in "aeiou" else "a"
    return f"first {first}, then {article} {word} {then}".replace("  ", " ")


def _noun(reading: Reading) -> str:
    """Name a movement up or down."""
    nouns = ("aumento", "calo") if reading.lang == "it" else ("increase", "fall")
    return nouns[0] if reading.upward else nouns[1]


def _hedge(clear: Sequence[Reading], lang: str) -> str:
    """Return the word for the least certain of the indicators that are counted; none from 95 % upwards."""
    if clear[0].pairs < PAIRS_FOR_WORDS:
        least = min(clear, key=lambda reading: reading.probability)
        return _at_least(least, lang)
    least_probability = min(reading.probability for reading in clear)
    if least_probability >= ALMOST_CERTAIN:
        return ""
    adverb = certainty_adverb(VERY_LIKELY, lang)
    return adverb[0].upper() + adverb[1:]


def very_likely_adverb(pairs: int, lang: str) -> str:
    """Hedge what holds in at least 80 % of pairs: in words, or as a count where the pairs are few."""
    if pairs >= PAIRS_FOR_WORDS:
        return certainty_adverb(VERY_LIKELY, lang)
    if pairs == 1:
        return "in una sola replica" if lang == "it" else "in a single run"
    least = math.ceil(VERY_LIKELY * pairs - 1e-9)
    if lang == "it":
        return f"in {'almeno ' * (least < pairs)}{least} repliche su {pairs}"
    return f"in {'at least ' * (least < pairs)}{least} of {pairs} runs"


def _relevantly(pairs: int, lang: str) -> str:
    """Say of a change that it would be relevant and hold in at least 80 % of pairs."""
    if pairs >= PAIRS_FOR_WORDS:
        return {"it": "in modo rilevante e molto probabile", "en": "in a relevant and very likely way"}[lang]
    return {"it": "in modo rilevante", "en": "relevantly"}[lang] + f" {very_likely_adverb(pairs, lang)}"


def hedged(sentence: str, probability: float, pairs: int, lang: str) -> str:
    """Begin a sentence with its certainty, of at least 80 %; none from 95 % upwards where pairs are many."""
    if probability >= ALMOST_CERTAIN and pairs >= PAIRS_FOR_WORDS:
        return sentence[:1].upper() + sentence[1:]
    adverb = very_likely_adverb(pairs, lang)
    return f"{adverb[0].upper()}{adverb[1:]} {sentence}".strip()


def _at_least(reading: Reading, lang: str) -> str:
    """Say in how many of a few pairs each counted indicator holds at least."""
    share = share_of_pairs(reading)
    if reading.probability == 1.0:
        return f"In {share}"
    return f"In almeno {share}" if lang == "it" else f"In at least {share}"


def _where(moved: pd.Series[bool], in_union: pd.Series[bool] | None) -> str:
    """Return ``inside`` or ``outside`` when membership of a union makes a notable difference."""
    if in_union is None or min(int(in_union.sum()), int((~in_union).sum())) < NOTABLE_COMMUNES:
        return ""
    gap = float(moved[in_union].mean() - moved[~in_union].mean())
    return "" if abs(gap) < NOTABLE_GAP else "inside" if gap > 0 else "outside"
