"""Asking politely: retries, patience, and answers that are not taken on trust."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from atlas import __version__
from atlas.errors import Refused
from atlas.refresh.answers import as_json
from publishers import HTML, JSON, QUICK, Publisher, Reply, nobody, polite, publishing

GOOD = Reply(b'{"a": 1}')


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishing() as one:
        yield one


def ask(publisher: Publisher, cache: Path, *replies: Reply) -> object:
    publisher.answer("/thing", *replies)
    return polite(cache).get(f"{publisher.base}/thing", "json", as_json)[0]


def test_a_good_answer_comes_at_once_and_the_question_names_us(publisher: Publisher, tmp_path: Path) -> None:
    assert ask(publisher, tmp_path, GOOD) == {"a": 1}
    [agent] = publisher.agents
    assert agent.startswith(f"living-partner-atlas/{__version__} ")


@pytest.mark.parametrize("bad", [
    Reply(status=500), Reply(status=503), Reply(b'{"a": ', length=500), Reply(GOOD.body, late=0.6),
], ids=["500", "503", "truncated", "slow"])
def test_a_failure_that_passes_is_asked_again(publisher: Publisher, tmp_path: Path, bad: Reply) -> None:
    assert ask(publisher, tmp_path, bad, GOOD) == {"a": 1}
    assert publisher.asked == ["/thing", "/thing"]


@pytest.mark.parametrize(("bad", "said"), [
    (Reply(status=500), r"the server says 500 Internal Server Error \(3 times\); try again later"),
    (Reply(b'{"a": ', length=500), r"the answer broke off \(3 times\)"),
    (Reply(GOOD.body, late=0.5), r"no answer within 0.3 seconds \(3 times\)"),
], ids=["500", "truncated", "slow"])
def test_a_failure_that_stays_is_refused_in_one_line(
    publisher: Publisher, tmp_path: Path, bad: Reply, said: str
) -> None:
    with pytest.raises(Refused, match=rf"^asked http\S+/thing: {said}.*; nothing was written$"):
        ask(publisher, tmp_path, bad)
    assert len(publisher.asked) == QUICK.tries


def test_too_many_questions_wait_as_long_as_the_server_says(publisher: Publisher, tmp_path: Path) -> None:
    assert ask(publisher, tmp_path, Reply(status=429, headers={"Retry-After": "1"}), GOOD) == {"a": 1}
    first, second = publisher.times
    assert second - first >= 1


def test_a_wait_beyond_our_patience_is_refused_at_once(publisher: Publisher, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="429 Too Many Requests, the server asks us to wait 3600 seconds; come back then"):
        ask(publisher, tmp_path, Reply(status=429, headers={"Retry-After": "3600"}))
    assert len(publisher.asked) == 1


@pytest.mark.parametrize(("bad", "said"), [
    (Reply(b"<html>Sorry</html>", HTML), "text/html instead of application/json"),
    (Reply(b"<html>Sorry</html>", JSON), r"no JSON, or not all of it \(begins with '<html>Sorry</html>'\)"),
    (Reply(b'{"a": 1', JSON), "no JSON, or not all of it"),
    (Reply(b'{"a": NaN}', JSON), "no JSON, or not all of it"),
    (Reply(status=404), "the server says 404 Not Found"),
    (Reply(b"x" * 300_000, JSON), "more than 200,000 bytes"),
], ids=["HTML", "HTML as JSON", "truncated JSON", "not a number", "404", "too large"])
def test_what_is_no_answer_is_refused_without_asking_again(
    publisher: Publisher, tmp_path: Path, bad: Reply, said: str
) -> None:
    publisher.answer("/thing", bad)
    with pytest.raises(Refused, match=said):
        polite(tmp_path, replace(QUICK, largest=200_000)).get(f"{publisher.base}/thing", "json", as_json)
    assert len(publisher.asked) == 1


def test_a_redirect_is_followed_on_the_same_host_only(publisher: Publisher, tmp_path: Path) -> None:
    publisher.answer("/new", GOOD)
    assert ask(publisher, tmp_path, Reply(status=302, headers={"Location": "/new"})) == {"a": 1}
    elsewhere = Reply(status=301, headers={"Location": "http://example.org/thing"})
    with pytest.raises(Refused, match=r"sends us on to another host, example\.org"):
        ask(publisher, tmp_path / "other", elsewhere)
    with pytest.raises(Refused, match="more than 5 redirects"):
        ask(publisher, tmp_path / "third", Reply(status=302, headers={"Location": "/thing"}))


def test_without_a_network_one_line_says_so(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"no connection; is there a network\? \(3 times\)"):
        polite(tmp_path).get(f"{nobody()}/thing", "json", as_json)


def test_questions_to_one_host_keep_their_distance(publisher: Publisher, tmp_path: Path) -> None:
    publisher.answer("/thing", GOOD)
    web = polite(tmp_path, replace(QUICK, pause=0.2))
    for number in range(3):
        web.get(f"{publisher.base}/thing{number}", "json", as_json)
    gaps = [later - earlier for earlier, later in zip(publisher.times, publisher.times[1:], strict=False)]
    assert min(gaps) >= 0.19


def test_a_finished_download_is_not_asked_for_again(publisher: Publisher, tmp_path: Path) -> None:
    assert ask(publisher, tmp_path, GOOD) == ask(publisher, tmp_path, Reply(status=500)) == {"a": 1}
    assert len(publisher.asked) == 1


@pytest.mark.parametrize("harm", ["changed", "cut", "no papers", "old", "strange papers"])
def test_a_kept_download_that_is_not_as_it_was_is_asked_for_again(
    publisher: Publisher, tmp_path: Path, harm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(publisher, tmp_path, GOOD)
    [body], [papers] = (list((tmp_path / "downloads").glob(f"*.{end}")) for end in ("body", "json"))
    now = time.time()
    if harm == "changed":
        body.write_bytes(b'{"a": 2}')
    elif harm == "cut":
        body.write_bytes(b'{"a"')
    elif harm == "old":
        monkeypatch.setattr(time, "time", lambda: now + 25 * 3600)
    else:
        papers.write_text("" if harm == "no papers" else "[1]")
    assert ask(publisher, tmp_path, Reply(b'{"a": 3}')) == {"a": 3}


def test_an_answer_that_cannot_be_read_is_not_kept(publisher: Publisher, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        ask(publisher, tmp_path, Reply(b'{"a": '))
    assert ask(publisher, tmp_path, GOOD) == {"a": 1}
