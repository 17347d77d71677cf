from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from core import outbound, targets
from core.errors import Invalid
from core.outbound import NotSent, check, is_public, post
from core.targets import target_of
from core.testing_outbound import Listener, listening

PUBLIC = "93.184.216.34"


@pytest.fixture
def listener(settings: Any) -> Iterator[Listener]:
    with listening() as one:
        settings.OUTBOUND_LOCAL_TARGETS = [one.origin]
        yield one


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """What each name leads to; nobody is asked."""
    known: dict[str, list[str]] = {}

    def look_up(host: str, _port: int) -> list[str]:
        if host not in known:
            raise NotSent
        return known[host]

    monkeypatch.setattr(outbound, "look_up", look_up)
    return known


# --- What is written ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://example.com/", "begins with"),
        ("ftp://example.com/", "begins with"),
        ("example.com/hook", "begins with"),
        ("//example.com/hook", "begins with"),
        ("javascript:alert(1)", "begins with"),
        ("https://user:secret@example.com/", "name and password"),
        ("https://@example.com/", "name and password"),
        ("https://example.com@127.0.0.1/", "name and password"),
        ("https://example.com/#part", "“#”"),
        ("https://example.com./", "dot at the end"),
        ("https://localhost./", "dot at the end"),
        ("https://127.0.0.1/", "not its number"),
        ("https://127.1/", "not its number"),
        ("https://0x7f.1/", "not its number"),
        ("https://0x7f000001/", "not its number"),
        ("https://2130706433/", "not its number"),
        ("https://017700000001/", "not its number"),
        ("https://example.0x/", "not its number"),
        ("https://①②⑦.⓪.⓪.①/", "not its number"),
        ("https://１２７。０。０。１/", "not its number"),
        ("https://8.8.8.8/", "not its number"),
        ("https://[::1]/", "not its number"),
        ("https://[::ffff:127.0.0.1]/", "not its number"),
        ("https://[fe80::1%25eth0]/", "not its number"),
        ("https://localhost/", "private network"),
        ("https://intranet/", "private network"),
        ("https://printer.local/", "private network"),
        ("https://a.localhost/", "private network"),
        ("https://ip-10-0-0-1.ec2.internal/", "private network"),
        ("https://example.com:22/", "443 and 8443"),
        ("https://example.com:80/", "443 and 8443"),
        ("https://example.com:0/", "443 and 8443"),
        ("https://example.com:99999/", "not an address"),
        ("https://example.com:https/", "not an address"),
        ("https://[::1/", "not an address"),
        ("https:///hook", "not an address"),
        ("https://", "not an address"),
        ("https://exa%6dple.com/", "not an address"),
        ("https://exa$mple.com/", "not an address"),
        ("https://-example.com/", "not an address"),
        ("https://exa..mple.com/", "not an address"),
        ("https://" + "a" * 64 + ".com/", "not an address"),
        ("https://\u200d.com/", "not an address"),
        ("https://exam\u2044ple.com/", "not an address"),
        ("https://example.com/a b", "without spaces"),
        ("https://example.com\\@127.0.0.1/", "without spaces"),
        ("https://example.com/\r\nX-Evil: 1", "without spaces"),
        ("https://example.com/\x00", "without spaces"),
        ("", "without spaces"),
        ("https://example.com/" + "a" * 1000, "up to 1000"),
    ],
)
def test_an_address_that_is_not_one_on_the_internet_is_refused_with_its_reason(url: str, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        target_of(url)
    assert said in refused.value.message


@pytest.mark.parametrize(
    ("url", "known_as"),
    [
        ("https://example.com", "https://example.com/"),
        ("HTTPS://EXAMPLE.com:443/Hook?a=1&b=ü", "https://example.com/Hook?a=1&b=%C3%BC"),
        ("https://example.com:8443/x", "https://example.com:8443/x"),
        ("https://bücher.example/größe", "https://xn--bcher-kva.example/gr%C3%B6%C3%9Fe"),
        ("https://hooks.slack.com/services/T0/B0/x", "https://hooks.slack.com/services/T0/B0/x"),
    ],
)
def test_an_address_has_one_spelling(url: str, known_as: str) -> None:
    assert target_of(url).url == known_as
    assert target_of(known_as).url == known_as


# --- Where it leads -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        (PUBLIC, True),
        ("2606:4700::1111", True),
        ("0.0.0.0", False),
        ("10.0.0.1", False),
        ("100.64.0.1", False),
        ("100.100.100.200", False),
        ("127.0.0.1", False),
        ("127.8.8.8", False),
        ("168.63.129.16", False),
        ("169.254.169.254", False),
        ("169.254.170.2", False),
        ("172.16.0.1", False),
        ("192.0.0.192", False),
        ("192.0.2.1", False),
        ("192.88.99.1", False),
        ("192.168.1.1", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("::7f00:1", False),
        ("::ffff:8.8.8.8", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b:1::7f00:1", False),
        ("100::1", False),
        ("2001::1", False),
        ("2001:db8::1", False),
        ("2002:7f00:1::", False),
        ("3fff::1", False),
        ("fc00::1", False),
        ("fd00:ec2::254", False),
        ("fe80::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
    ],
)
def test_only_addresses_of_the_internet_are_public(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public


@pytest.mark.parametrize("found", [["127.0.0.1"], ["::1"], ["169.254.169.254"], [PUBLIC, "10.0.0.1"]])
def test_a_name_that_leads_into_a_private_network_is_refused(names: dict[str, list[str]], found: list[str]) -> None:
    names["rebind.example"] = found
    for refuse in (check, lambda url: post(url, b"", {})):
        with pytest.raises(Invalid, match="private network"):
            refuse("https://rebind.example/")


def test_a_name_that_nobody_knows_just_now_may_be_written_down_but_not_sent_to(names: dict[str, list[str]]) -> None:
    assert check("https://new.example/") == "https://new.example/"
    with pytest.raises(NotSent):
        post("https://new.example/", b"", {})


def test_a_name_is_looked_up_once_and_gone_to_where_it_was_checked(
    listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = socket.getaddrinfo

    def getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        asked.append(str(host))
        return real("127.0.0.1" if len(asked) == 1 else "192.0.2.1", *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(outbound, "is_public", lambda _address: True)
    monkeypatch.setattr(targets, "PORTS", (443, listener.port))
    with pytest.raises(NotSent):  # it arrived: what listens there speaks no TLS
        post(f"https://rebind.example:{listener.port}/", b"", {})
    assert asked == ["rebind.example"]


def test_a_look_up_that_takes_too_long_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbound, "_LOOK_UP_SECONDS", 0.05)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: time.sleep(0.3))
    with pytest.raises(NotSent, match="Nobody knows"):
        outbound.look_up("slow.example", 443)


# --- On the way ----------------------------------------------------------------------------------------------------


def test_what_is_sent_arrives(listener: Listener) -> None:
    listener.status = 202
    answer = post(f"{listener.origin}/hook?a=1", b'{"a": 1}', {"Content-Type": "application/json", "webhook-id": "w"})
    (sent,) = listener.sent
    assert (sent.path, sent.body) == ("/hook?a=1", b'{"a": 1}')
    assert sent.headers["host"] == listener.origin.removeprefix("http://")
    assert sent.headers["content-type"] == "application/json"
    assert answer.status == 202 and answer.is_success


def test_only_the_very_origins_of_the_settings_are_let_pass(listener: Listener) -> None:
    for url in (f"http://localhost:{listener.port}/", "http://127.0.0.1:1/", f"https://127.0.0.1:{listener.port}/"):
        with pytest.raises(Invalid):
            post(url, b"", {})
    assert listener.sent == []


def test_a_redirect_is_an_answer_and_is_not_followed(listener: Listener) -> None:
    with listening() as inside:
        listener.status, listener.headers = 307, {"Location": f"{inside.origin}/secret"}
        answer = post(f"{listener.origin}/", b"", {})
        assert answer.status == 307 and not answer.is_success
        assert inside.sent == []


def test_an_endless_answer_is_read_up_to_its_cap(listener: Listener) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 65536)

    listener.answer = _until_left(endless)
    assert post(f"{listener.origin}/", b"", {}).body == b"x" * outbound.MAX_ANSWER


@pytest.mark.parametrize("where", ["head", "body"])
def test_an_answer_that_drips_is_left_when_the_time_is_up(
    listener: Listener, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        handler.wfile.write(b"" if where == "head" else b"no\r\n\r\n")
        for _drop in range(100):
            time.sleep(0.02)
            handler.wfile.write(b"x")

    monkeypatch.setattr(outbound, "SECONDS", 0.3)
    listener.answer = _until_left(drip)
    began = time.monotonic()
    with pytest.raises(NotSent, match="complete answer"):
        post(f"{listener.origin}/", b"", {})
    assert time.monotonic() - began < 1


def test_what_is_no_answer_says_so(listener: Listener) -> None:
    listener.answer = lambda handler: handler.wfile.write(b"220 mail.example ESMTP\r\n")
    with pytest.raises(NotSent, match="broke off"):
        post(f"{listener.origin}/", b"", {})


def test_a_closed_port_says_so(listener: Listener, settings: Any) -> None:
    settings.OUTBOUND_LOCAL_TARGETS = ["http://127.0.0.1:1"]
    with pytest.raises(NotSent, match="take connections"):
        post("http://127.0.0.1:1/", b"", {})


def test_a_proxy_of_the_environment_is_not_used(listener: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    with listening() as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
            monkeypatch.setenv(name, proxy.origin)
        post(f"{listener.origin}/", b"", {})
        assert len(listener.sent) == 1 and proxy.sent == []


@pytest.mark.parametrize(("name", "is_theirs"), [("hook.example", True), ("other.example", False)])
def test_the_certificate_must_be_for_the_name_and_the_first_address_that_takes_it_is_enough(
    names: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, is_theirs: bool
) -> None:
    server, client = _certificate("hook.example", tmp_path)
    names[name] = ["127.0.0.2", "127.0.0.1"]  # nobody listens at the first
    monkeypatch.setattr(outbound, "is_public", lambda _address: True)
    monkeypatch.setattr(outbound, "trusted", lambda: client)
    with listening(server) as one:
        monkeypatch.setattr(targets, "PORTS", (443, one.port))
        url = f"https://{name}:{one.port}/"
        if is_theirs:
            assert post(url, b"", {}).is_success
            assert one.sent[0].headers["host"] == f"{name}:{one.port}"
        else:
            with pytest.raises(NotSent, match="certificate"):
                post(url, b"", {})
            assert one.sent == []


def _until_left(answer: Any) -> Any:
    def write(handler: BaseHTTPRequestHandler) -> None:
        try:
            answer(handler)
        except OSError:  # whoever asked has left
            handler.close_connection = True

    return write


def _certificate(name: str, folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """For whoever serves it, and for whoever trusts it and nothing else."""
    key, subject = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)]),
    )
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pem.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(pem)
    return server, ssl.create_default_context(cafile=str(pem))
