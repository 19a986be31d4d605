"""Serves moto's DynamoDB and SQS: emulator.py PORT.

A transaction of moto's copies the tables, writes, and puts the copies back where a condition failed; two at the same time
undo each other's writes. DynamoDB's are isolated, so here one request to its tables is answered at a time. SQS is not held
up by that: a long poll would hold all else up.
"""
import os
import sys
import threading

os.environ.setdefault("MOTO_ACCOUNT_ID", "000000000000")

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import run_simple

app = DomainDispatcherApplication(create_backend_app)
tables = threading.Lock()


def serve(environ, start_response):
    if environ.get("HTTP_X_AMZ_TARGET", "").startswith("DynamoDB"):
        with tables:
            return app(environ, start_response)
    return app(environ, start_response)


run_simple("127.0.0.1", int(sys.argv[1]), serve, threaded=True)
