"""Polite downloads: one address at a time, rate limit, patience, retries, and no answer taken on trust."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

import requests
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from atlas import __version__
from atlas.errors import AtlasError, Refused
from atlas.refresh.kept import Answer, Kept

AGENT = f"living-partner-atlas/{__version__} (atlas refresh; python-requests/{requests.__version__})"
KINDS = {"json": "application/json", "csv": "text/csv"}
AGAIN = (429, 500, 502, 503, 504)
LATER = "try again later, finished downloads are kept for a day"
Read = TypeVar("Read")


@dataclass(frozen=True)
class Manners:
    """How patient and how careful we are; seconds, but for the counts."""

    pause: float = 1.0
    """Between two questions to one host."""
    connect: float = 10.0
    read: float = 60.0
    whole: float = 600.0
    """For one answer from its first byte to its last."""
    tries: int = 4
    backoff: float = 1.0
    """Before the second try; it doubles each time, up to a minute."""
    longest: float = 120.0
    """The longest wait that a host may ask for; after that we come back another time."""
    largest: int = 200_000_000
    """Bytes of one answer."""
    redirects: int = 5


class _Again(Exception):
    """A failure that may pass."""

    def __init__(self, why: str, after: float | None = None) -> None:
        super().__init__(why)
        self.after = after


class Web:
    """Asks publishers, and keeps what they answered in full.

    Parameters
    ----------
    kept : Kept
        Finished downloads.
    manners : Manners, optional
    sleep : callable, optional
        What waits.
    """

    def __init__(self, kept: Kept, manners: Manners | None = None, sleep: Callable[[float], None] = time.sleep) -> None:
        self.kept, self.manners, self._sleep = kept, manners or Manners(), sleep
        self._last: dict[str, float] = {}
        self._used: list[str] = []
        self._session = requests.Session()
        self._session.headers["User-Agent"] = AGENT

    def get(self, url: str, kind: str, read: Callable[[Answer], Read]) -> tuple[Read, Answer]:
        """Return what an address answers, read, and the answer itself.

        Parameters
        ----------
        url : str
        kind : str
            ``json`` or ``csv``.
        read : callable
            Takes the answer apart; raises `Refused` if it cannot be used, and then it is not kept.
        """
        self._used.append(url)
        found = self.kept.find(url, kind)
        if found:
            try:
                return read(found), found
            except Refused:
                pass  # what was kept cannot be used: ask anew
        try:
            answer = self._fetch(url, kind)
        except Refused:
            self._used.clear()
            raise
        result = read(answer)
        self.kept.keep(answer)
        return result, answer

    @contextmanager
    def series(self) -> Iterator[None]:
        """While one series is read: if its answers turn out to be useless, they are not kept.

        Answers that are good stay when the next one does not come.
        """
        self._used.clear()
        try:
            yield
        except AtlasError:
            for url in self._used:
                self.kept.forget(url)
            raise

    def _fetch(self, url: str, kind: str) -> Answer:
        tries = self.manners.tries
        retrying = Retrying(
            stop=stop_after_attempt(tries),
            wait=self._wait,
            retry=retry_if_exception_type(_Again),
            sleep=self._sleep,
            reraise=True,
        )
        try:
            return retrying(self._follow, url, kind)
        except _Again as error:
            raise Refused(url, f"{error} ({tries} times)", LATER) from None

    def _wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, _Again) and error.after is not None:
            return error.after
        return wait_exponential(multiplier=self.manners.backoff, max=60)(state)

    def _follow(self, url: str, kind: str) -> Answer:
        """Ask once, and follow redirects on the same host."""
        place = url
        for _ in range(self.manners.redirects + 1):
            body, onward = self._ask(url, place, kind)
            if onward is None:
                return Answer(url, kind, body, datetime.now(UTC).date().isoformat())
            old, new = urlsplit(place), urlsplit(onward)
            if (new.scheme, new.netloc) not in ((old.scheme, old.netloc), ("https", old.netloc)):
                raise Refused(url, f"the server sends us on to another host, {new.netloc}", "check whether it moved")
            place = onward
        raise Refused(url, f"more than {self.manners.redirects} redirects", LATER)

    def _ask(self, url: str, place: str, kind: str) -> tuple[bytes, str | None]:
        self._queue(urlsplit(place).netloc)
        manners = self.manners
        try:
            with self._session.get(
                place,
                headers={"Accept": KINDS[kind]},
                timeout=(manners.connect, manners.read),
                stream=True,
                allow_redirects=False,
            ) as response:
                if response.is_redirect:
                    return b"", urljoin(place, response.headers["Location"])
                self._check(response, url, kind)
                return self._body(response, url), None
        except requests.exceptions.Timeout:
            raise _Again(f"no answer within {manners.read:g} seconds") from None
        except requests.exceptions.ConnectionError as error:
            broken = "IncompleteRead" in str(error) or "Connection broken" in str(error)
            raise _Again("the answer broke off" if broken else "no connection; is there a network?") from None
        except (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError):
            raise _Again("the answer broke off") from None
        except requests.exceptions.RequestException as error:
            raise Refused(url, f"the question could not be put ({type(error).__name__})", "check the address") from None

    def _queue(self, host: str) -> None:
        """Wait for our turn at a host."""
        rest = self._last.get(host, float("-inf")) + self.manners.pause - time.monotonic()
        if rest > 0:
            self._sleep(rest)
        self._last[host] = time.monotonic()

    def _check(self, response: requests.Response, url: str, kind: str) -> None:
        """Refuse what is no answer, or not of the kind that was asked for."""
        status = f"{response.status_code} {response.reason or ''}".strip()
        if response.status_code in AGAIN:
            after = _seconds(response.headers.get("Retry-After", ""))
            if after is not None and after > self.manners.longest:
                raise Refused(url, f"{status}, the server asks us to wait {after:.0f} seconds", "come back then")
            raise _Again(f"the server says {status}", after)
        if response.status_code != 200:
            raise Refused(url, f"the server says {status}", "check the declaration of the series in the list")
        given = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if given != KINDS[kind] and not (kind == "json" and given.endswith("+json")):
            raise Refused(url, f"{given or 'an unnamed kind of content'} instead of {KINDS[kind]}", LATER)

    def _body(self, response: requests.Response, url: str) -> bytes:
        manners, parts, size = self.manners, [], 0
        end = time.monotonic() + manners.whole
        for part in response.iter_content(1 << 16):
            parts.append(part)
            size += len(part)
            if size > manners.largest:
                raise Refused(url, f"more than {manners.largest:,} bytes", "check the declaration of the series")
            if time.monotonic() > end:
                raise _Again(f"not complete after {manners.whole:g} seconds")
        return b"".join(parts)


def _seconds(text: str) -> float | None:
    """Return how long `Retry-After` asks to wait, given in seconds or as a date.

    Examples
    --------
    >>> _seconds("7"), _seconds("Wed, 21 Oct 2015 07:28:00 GMT"), _seconds("soon")
    (7.0, 0.0, None)
    """
    if text.strip().isdigit():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None
