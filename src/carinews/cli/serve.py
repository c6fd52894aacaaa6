"""`carinews serve`: the search page and the HTTP API, on this machine unless told otherwise."""

from __future__ import annotations

import errno
import logging
import os
import socket

import click

from carinews.cli.failures import INTERRUPTED
from carinews.cli.index import open_index
from carinews.cli.messages import tell, text
from carinews.cli.settings import corpus_folder, corpus_option, index_folder, index_option, quiet_option
from carinews.errors import CarinewsError
from carinews.wording import Message, cause

MAX_BODY = 1024  # bytes; who asks sends none


@click.command()
@click.option(
    "--host",
    metavar="NAME",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen at; 0.0.0.0 lets other machines in.",
)
@click.option(
    "--port",
    metavar="N",
    type=click.IntRange(min=0, max=65_535),
    default=8000,
    show_default=True,
    help="The port; 0 takes a free one.",
)
@index_option
@corpus_option
@quiet_option
def serve(host: str, port: int, index_flag: str | None, corpus_flag: str | None, quiet: bool) -> int:
    """Serve the search page and the HTTP API, until Ctrl-C.

    What is indexed meanwhile is found at once. /openapi.json describes the API.

    \b
    carinews serve                           http://127.0.0.1:8000/
    carinews serve --port 9000 --index arsip/index
    carinews serve --host 0.0.0.0            for other machines, too
    curl 'http://127.0.0.1:8000/api/search?q=gempa+palu&limit=3'
    """
    folder = index_folder(index_flag)
    with open_index(folder, corpus_folder(corpus_flag), quiet=quiet) as index, _bound(host, port) as listening:
        from waitress import create_server

        from carinews.web.app import application

        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # that some wait their turn is no news
        server = create_server(
            application(index), sockets=[listening], ident="carinews", max_request_body_size=MAX_BODY
        )
        if not quiet:
            address = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}/"
            tell(text("Serving {folder} at {address} (Ctrl-C ends it)", folder=folder, address=address))
        server.run()  # it ends with Ctrl-C, and keeps that to itself
        server.close()
    return INTERRUPTED


def _bound(host: str, port: int) -> socket.socket:
    """A socket that has its address. Raises CarinewsError where that cannot be had."""
    bound = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        if os.name == "posix":  # elsewhere this would take the port from whoever has it
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
    except (OSError, UnicodeError) as error:
        bound.close()
        raise _refused(error, host, str(port)) from error
    return bound


def _refused(error: Exception, host: str, port: str) -> CarinewsError:
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return CarinewsError(
            Message("port {port} of {host} is in use: choose another with --port", port=port, host=host)
        )
    nameless = isinstance(error, (socket.gaierror, UnicodeError))
    reason = Message("no address is known by this name") if nameless else cause(error)
    return CarinewsError(
        Message(
            "cannot serve at {host}, port {port}: {reason}; choose others with --host and --port",
            host=host,
            port=port,
            reason=reason,
        )
    )
