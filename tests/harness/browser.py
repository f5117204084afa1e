"""A headless Chromium over its debugging pipe, for tests that look at a page as people do:

    with Browser() as browser:
        page = browser.open(path, width=390, dark=True)
        page.evaluate("document.title"), page.requests, page.screenshot(path)
"""
import base64
import json
import os
import select
import subprocess
import tempfile
import time


class Page:
    def __init__(self, browser, session):
        self.browser, self.session = browser, session
        self.requests = []

    def call(self, method, **parameters):
        return self.browser.call(method, self, **parameters)

    def evaluate(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True,
                           awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(f"{expression}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def screenshot(self, path):
        shot = self.call("Page.captureScreenshot", captureBeyondViewport=True)
        with open(path, "wb") as file:
            file.write(base64.b64decode(shot["data"]))


class Browser:
    def __init__(self, seconds=60):
        self.folder = tempfile.TemporaryDirectory(prefix="etsoap-browser-",
                                                  ignore_cleanup_errors=True)
        to_read, self.write_end = os.pipe()
        self.read_end, to_write = os.pipe()

        def pipes():  # what Chromium calls 3 and 4
            os.dup2(os.dup(to_read), 3)
            os.dup2(os.dup(to_write), 4)

        high = [os.dup2(end, 50 + i) for i, end in enumerate((to_read, to_write))]
        to_read, to_write = high
        self.process = subprocess.Popen(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
             "--disable-background-networking", "--disable-component-update",
             f"--user-data-dir={self.folder.name}", "--remote-debugging-pipe", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, close_fds=False,
            preexec_fn=pipes, env={**os.environ, "TMPDIR": self.folder.name})
        for end in high:
            os.close(end)
        self.seconds, self.number, self.buffer, self.pages = seconds, 0, b"", {}
        self.loaded = set()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.write_end)
        os.close(self.read_end)
        self.folder.cleanup()

    def message(self, deadline):
        while b"\0" not in self.buffer:
            left = max(0, deadline - time.monotonic())
            ready, _, _ = select.select([self.read_end], [], [], left)
            part = os.read(self.read_end, 1 << 16) if ready else b""
            if not part:
                raise RuntimeError("the browser does not answer")
            self.buffer += part
        one, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(one)

    def note(self, message):
        page = self.pages.get(message.get("sessionId"))
        if page and message["method"] == "Network.requestWillBeSent":
            page.requests.append(message["params"]["request"]["url"])
        if page and message["method"] == "Page.loadEventFired":
            self.loaded.add(page)

    def call(self, method, page=None, **parameters):
        self.number += 1
        request = {"id": self.number, "method": method, "params": parameters}
        if page:
            request["sessionId"] = page.session
        os.write(self.write_end, json.dumps(request).encode() + b"\0")
        deadline = time.monotonic() + self.seconds
        while True:
            message = self.message(deadline)
            if message.get("id") == self.number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]
            if "method" in message:
                self.note(message)

    def open(self, path, width, height=900, dark=False, media=""):
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = self.pages[session] = Page(self, session)
        for domain in ("Page", "Network", "Runtime"):
            page.call(f"{domain}.enable")
        page.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=1, mobile=width < 600)
        page.call("Emulation.setEmulatedMedia", media=media, features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        page.call("Page.navigate", url=f"file://{path}")
        deadline = time.monotonic() + self.seconds
        while page not in self.loaded:
            message = self.message(deadline)
            if "method" in message:
                self.note(message)
        return page
