"""Sending to addresses that people gave: to the public internet, and to nothing that only the portal can reach.

The name is looked up once, all that it leads to is checked, and the connection is made to what was checked, so an answer
that changes between the two gains nothing. No redirect is followed, no proxy of the environment is used, and whoever
answers slowly or endlessly is left when the time or the size is up.
"""

from __future__ import annotations

import asyncio
import functools
import ipaddress
import socket
import ssl
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

import httpx
from django.utils.translation import gettext as _

from core.errors import PortalError
from core.targets import Target, private_network, target_of

SECONDS = 10.0
"""For all of it: connecting, sending, and an answer to its end or to its cap."""
MAX_ANSWER = 16 * 1024
"""Bytes that are read of an answer; the rest is left."""
_CONNECT_SECONDS, _LOOK_UP_SECONDS, _TRIED_AT_MOST = 4.0, 4.0, 3
# What `is_global` of this Python still takes for public: protocol assignments, the relay of 6to4, and a cloud's own host.
_NOT_PUBLIC = [
    ipaddress.ip_network(block) for block in ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32", "3fff::/20")
]
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
_look_ups = ThreadPoolExecutor(max_workers=16, thread_name_prefix="look-up")
# A thread of its own for the loop of each: whoever sends may be in one already.
_on_the_way = ThreadPoolExecutor(max_workers=32, thread_name_prefix="outbound")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotSent(PortalError):
    """Nobody answered: no such name, no connection, a certificate that is not theirs, no time left."""

    status = 502
    message = "The address could not be reached."


@dataclass(frozen=True)
class Answer:
    """`body` has its beginning, `MAX_ANSWER` bytes at most."""

    status: int
    body: bytes
    headers: Mapping[str, str]

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300


def check(url: str) -> str:
    """The address in its one spelling. Raises Invalid, also when it leads to where nothing is ever sent.

    A name that nobody knows right now is let pass: the first delivery will say so.
    """
    target = target_of(url)
    with suppress(NotSent):
        _public_addresses(target)
    return target.url


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Sends it once. Raises Invalid for an address that is not sent to, NotSent when nobody answered in time."""
    target = target_of(url)
    addresses = _public_addresses(target)
    try:
        return _on_the_way.submit(_sent, target, addresses, body, headers).result()
    except TimeoutError as error:
        raise NotSent(_("There was no complete answer within %(seconds)d seconds.") % {"seconds": SECONDS}) from error
    except httpx.HTTPError as error:
        raise NotSent(_sentence(error)) from error


def is_public(address: Address) -> bool:
    """Not private, loopback, link-local, reserved, multicast or metadata, nor IPv4 in the clothes of IPv6."""
    if isinstance(address, ipaddress.IPv6Address):
        wrapped = address.ipv4_mapped or address.sixtofour or address.teredo
        if wrapped or address not in _GLOBAL_UNICAST:
            return False
    odd = address.is_multicast or address.is_reserved or any(address in block for block in _NOT_PUBLIC)
    return address.is_global and not odd


# --- Where it leads ------------------------------------------------------------------------------------------------


def _public_addresses(target: Target) -> Sequence[str]:
    """Raises Invalid when any of them is not public, NotSent when there is none."""
    found = look_up(target.host, target.port)
    if not target.is_local and not all(is_public(ipaddress.ip_address(address)) for address in found):
        raise private_network(target.host)
    return found[:_TRIED_AT_MOST]


def look_up(host: str, port: int) -> Sequence[str]:
    """The addresses of a name, in the order in which to try them. Raises NotSent."""
    asked = _look_ups.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    try:
        answers = asked.result(_LOOK_UP_SECONDS)
    except (OSError, TimeoutError, UnicodeError) as error:
        raise NotSent(_("Nobody knows the name “%(host)s”.") % {"host": host}) from error
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


# --- On the way ----------------------------------------------------------------------------------------------------


def _sent(target: Target, addresses: Sequence[str], body: bytes, headers: Mapping[str, str]) -> Answer:
    return asyncio.run(_within(target, addresses, body, headers))


async def _within(target: Target, addresses: Sequence[str], body: bytes, headers: Mapping[str, str]) -> Answer:
    async with asyncio.timeout(SECONDS):
        transport = httpx.AsyncHTTPTransport(verify=trusted(), trust_env=False)
        async with httpx.AsyncClient(transport=transport, trust_env=False, timeout=SECONDS) as client:
            for address in addresses[:-1]:
                try:
                    return await _send(client, target, address, body, headers)
                except (httpx.ConnectError, httpx.ConnectTimeout):  # the next one may take it
                    continue
            return await _send(client, target, addresses[-1], body, headers)


async def _send(
    client: httpx.AsyncClient, target: Target, address: str, body: bytes, headers: Mapping[str, str]
) -> Answer:
    """To this very address; the name is what the certificate must be for."""
    numbered = f"[{address}]" if ":" in address else address
    request = client.build_request(
        "POST",
        f"{target.scheme}://{numbered}:{target.port}{target.path}",
        content=body,
        headers={**headers, "Host": target.origin.partition("//")[2], "Accept-Encoding": "identity"},
        timeout=httpx.Timeout(SECONDS, connect=_CONNECT_SECONDS),
        extensions={"sni_hostname": target.host},
    )
    answer = await client.send(request, stream=True, follow_redirects=False)
    try:
        return Answer(answer.status_code, await _beginning(answer), dict(answer.headers))
    finally:
        await answer.aclose()


async def _beginning(answer: httpx.Response) -> bytes:
    read = bytearray()
    async for chunk in answer.aiter_raw():
        read += chunk
        if len(read) >= MAX_ANSWER:
            break
    return bytes(read[:MAX_ANSWER])


@functools.cache
def trusted() -> ssl.SSLContext:
    """Whose certificates count: made once, for it takes as long as many a request."""
    return httpx.create_ssl_context(trust_env=False)


def _sentence(error: httpx.HTTPError) -> str:
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return _("Its certificate is not one for this name that browsers would accept.")
    if isinstance(error, httpx.TimeoutException):
        return _("It did not answer in time.")
    if isinstance(error, httpx.ConnectError):
        return _("It does not take connections.")
    return _("It broke off without a complete answer.")
