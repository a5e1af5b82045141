"""A provider of OpenID Connect on this machine, for people whose claims a test sets."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt

CLIENT, SECRET = "panels-client", "a-client-secret-that-is-long-enough-to-sign"


class Provider:
    """Gives out codes, and tells `claims` of whoever has one; `asked` are the requests for tokens."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.claims: dict[str, Any] = {}
        self.asked: list[dict[str, str]] = []
        self.fails = False

    def configuration(self) -> dict[str, Any]:
        pages = ("authorization", "token", "userinfo")
        found = {f"{page}_endpoint": f"{self.address}/{page}" for page in pages}
        return found | {"issuer": self.address, "jwks_uri": f"{self.address}/keys"}

    def token(self, form: dict[str, str]) -> dict[str, Any]:
        self.asked.append(form)
        told = {
            "iss": self.address,
            "aud": CLIENT,
            "exp": int(time.time()) + 60,
            "iat": int(time.time()),
            **self.claims,
        }
        return {"access_token": "a-token", "token_type": "Bearer", "id_token": jwt.encode(told, SECRET)}


@contextmanager
def serving() -> Iterator[Provider]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            self._answer(provider.claims if path == "/userinfo" else provider.configuration())

        def do_POST(self) -> None:
            sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self._answer(provider.token({name: values[0] for name, values in sent.items()}))

        def _answer(self, body: dict[str, Any]) -> None:
            written = json.dumps(body).encode()
            self.send_response(500 if provider.fails else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(written)))
            self.end_headers()
            self.wfile.write(written)

        def log_message(self, *_arguments: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider = Provider(f"http://127.0.0.1:{server.server_address[1]}")
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
