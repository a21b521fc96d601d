"""The socket that the server listens at, and what gunicorn is told."""

import socket

import pytest

from search.engines.memory import MemoryEngine
from web import create_app
from web.serve import QuietLogger, Server, address_of, bind
from web.settings import Settings


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        pytest.param("127.0.0.1", "127.0.0.1", id="loopback"),
        pytest.param("localhost", "localhost", id="name"),
        pytest.param("0.0.0.0", "127.0.0.1", id="wildcard"),
    ],
)
def test_address_of(host, shown):
    with bind(host, 0) as bound:
        assert address_of(host, bound) == f"http://{shown}:{bound.getsockname()[1]}/"


def test_a_taken_port_is_an_error():
    with bind("127.0.0.1", 0) as bound, pytest.raises(OSError, match="in use"):
        bind("127.0.0.1", bound.getsockname()[1])


def test_gunicorn_is_given_the_bound_socket_and_leaves_it_to_us(articles):
    app = create_app(engine=MemoryEngine(articles), settings=Settings())
    with bind("127.0.0.1", 0) as bound:
        server = Server(app, bound=bound, workers=3)
        (descriptor,) = server.cfg.address
        with socket.socket(fileno=descriptor) as same:
            assert same.getsockname() == bound.getsockname()
    assert server.load() is app
    assert server.cfg.forwarder_headers == []
    assert server.cfg.keepalive > 60, "a proxy in front keeps its connections for so long"
    assert (server.cfg.workers, server.cfg.worker_class_str, server.cfg.preload_app) == (3, "gthread", True)


def test_the_log_tells_no_words_of_a_request(caplog):
    """Neither of one that is no HTTP, whose line gunicorn quotes, nor the address of one that fails."""
    with bind("127.0.0.1", 0) as bound:
        log = QuietLogger(Server(None, bound=bound, workers=1).cfg)
    log.error_log.addHandler(caplog.handler)
    log.warning("Invalid request from ip=127.0.0.1: Invalid HTTP request line: 'GET /search?q=secret'")
    log.exception("Error handling request %s", "/search?q=secret")
    log.warning("another %s", "matter")
    log.error_log.removeHandler(caplog.handler)
    assert [one.getMessage() for one in caplog.records] == [
        "a request that cannot be read was refused",
        "a request could not be handled",
        "another matter",
    ]
