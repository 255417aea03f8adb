"""Streams: the same words whatever was drawn before, and other words for another decision."""

from hashlib import blake2b

import numpy as np
import pytest

from areavasta.randomness import LONGEST_REMEMBERED, UNIT, WORD_SHIFT, Streams


def test_a_stream_gives_the_first_words_of_its_key_whatever_was_drawn_before() -> None:
    streams = Streams(1, 2, 3)
    streams.of("trust").uniform(7)
    key = np.frombuffer(blake2b(b"1/2/3/slack/2027", digest_size=16).digest(), dtype="<u8")
    fresh = np.random.Philox(key=key).random_raw(330)
    expected = (fresh >> WORD_SHIFT).astype(np.float64) * UNIT
    np.testing.assert_array_equal(streams.of("slack", 2027).uniform(330), expected)
    np.testing.assert_array_equal(streams.of("slack", 2027).uniform(330), expected)


def test_numbers_that_runs_share_cannot_be_changed() -> None:
    stream = Streams(1, 2, 3).of("slack", 2027)
    for numbers in (stream.uniform(330), stream.normal(330)):
        with pytest.raises(ValueError, match="read-only"):
            numbers[0] = 0.5


def test_long_columns_are_not_kept() -> None:
    stream = Streams(1, 2, 3).of("slack", 2028)
    assert stream.uniform(330) is stream.uniform(330)
    assert stream.uniform(LONGEST_REMEMBERED + 1) is not stream.uniform(LONGEST_REMEMBERED + 1)


def test_streams_differ_by_seed_draw_replicate_decision_and_year() -> None:
    keys = [(1, 0, 0, "a", 0), (2, 0, 0, "a", 0), (1, 1, 0, "a", 0), (1, 0, 1, "a", 0), (1, 0, 0, "b", 0)]
    first = {float(Streams(*key[:3]).of(*key[3:]).uniform(1)[0]) for key in [*keys, (1, 0, 0, "a", 1)]}
    assert len(first) == 6
