"""Runs a peer in this process until standard input ends.

usage: serve.py moto|ministack PORT

A test holds the other end of standard input, so the peer ends with the test, however that ends.
"""

import os
import signal
import sys
import threading
import time


def end_with_stdin():
    while os.read(0, 1024):
        pass
    # Asked kindly first: ministack removes its pid file.
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(5)
    os._exit(0)


def main():
    peer, port = sys.argv[1:]
    threading.Thread(target=end_with_stdin, daemon=True).start()
    if peer == "moto":
        from moto.server import main as serve

        serve(["-H", "127.0.0.1", "-p", port])
    else:
        os.environ.update(
            BIND_HOST="127.0.0.1",
            GATEWAY_PORT=port,
            AUTH="true",
            # Its MQTT listener would bind every interface, on a fixed port.
            IOT_MTLS_ENABLED="0",
        )
        sys.argv = ["ministack"]
        from ministack.app import main as serve

        serve()


main()
