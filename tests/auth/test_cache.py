"""The token cache: shared by processes, closed to others, robust against what it finds."""
import fcntl
import hashlib
import json
import os
import stat
import time
import unittest

import service


def mode(path):
    return stat.S_IMODE(os.lstat(path).st_mode)


class Cache(service.Case):
    def asked(self):
        return len(self.service.token_requests)

    def test_ten_processes_ask_once(self):
        self.service.delay = 0.5
        processes = [self.start("oauth") for _ in range(10)]
        for process in processes:
            self.assertEqual(self.finish(process)[0], "ok")
        self.assertEqual(self.asked(), 1)
        self.assertEqual(len(self.service.soap_requests), 10)

    def test_ten_processes_renew_once(self):
        self.call("oauth")
        self.service.valid.clear()
        self.service.delay = 0.3
        processes = [self.start("oauth") for _ in range(10)]
        for process in processes:
            self.assertEqual(self.finish(process)[0], "ok")
        self.assertEqual(self.asked(), 2)

    def test_the_wait_for_the_lock_can_be_ended(self):
        self.call("oauth")
        os.unlink(self.cache_file())
        with open(self.cache_file(".lock"), "wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            started = time.monotonic()
            out = self.call("oauth", "stop", "300")
        self.assertRegex(out[0], "^E_ABORTED ")
        self.assertLess(time.monotonic() - started, 15)  # LOCK_WAIT is 30
        self.assertEqual(self.asked(), 1)

    def test_no_answer_of_the_token_endpoint_can_be_ended(self):
        self.service.delay = 8
        started = time.monotonic()
        self.assertRegex(self.call("oauth", "no-cache", "stop", "300")[0], "^E_ABORTED ")
        self.assertLess(time.monotonic() - started, 7)

    def test_file_and_folder_are_closed_to_others(self):
        old = os.umask(0)
        self.addCleanup(os.umask, old)
        self.call("oauth")
        self.assertEqual(mode(self.cache), 0o700)
        self.assertEqual({mode(os.path.join(self.cache, name)) for name in os.listdir(self.cache)},
                         {0o600})
        with open(self.cache_file(), encoding="utf-8") as file:
            kept = json.load(file)
        self.assertEqual(set(kept), {"access_token", "issued", "expires", "endpoint"})
        self.assertEqual(kept["expires"] - kept["issued"], 1079)
        self.assertEqual(kept["endpoint"], self.service.base + "/Service.asmx")
        for secret in (service.SECRET, "client"):
            self.assertNotIn(secret, json.dumps(kept) + self.cache_file())

    def test_name_is_the_hash_of_what_the_token_is_for(self):
        self.call("oauth", "scope", "a b", ETSOAP_ACCOUNT_ID="7")
        key = "\0".join((self.service.base + "/v2/token", "client", "7", "a b", ""))
        self.assertEqual(os.path.basename(self.cache_file()),
                         hashlib.sha256(key.encode()).hexdigest() + ".json")
        self.call("oauth", "scope", "a b", ETSOAP_ACCOUNT_ID="8")
        self.call("oauth", "scope", "a")
        self.call("oauth", ETSOAP_CLIENT_ID="other")
        self.assertEqual(self.asked(), 4)
        self.call("oauth", "scope", "a b", ETSOAP_ACCOUNT_ID="7")
        self.assertEqual(self.asked(), 4)

    def test_folder_by_environment_or_option(self):
        base = os.path.join(self.home, "elsewhere", "deep")
        self.assertEqual(self.call("oauth", XDG_CACHE_HOME=base)[0], "ok")
        self.assertEqual(mode(os.path.join(base, "etsoap")), 0o700)
        named = os.path.join(self.home, "named")
        self.assertEqual(self.call("oauth", "cache", named)[0], "ok")
        self.assertEqual(len(os.listdir(named)), 2)
        self.assertFalse(os.path.exists(self.cache))

    def test_without_cache_nothing_is_written(self):
        self.call("oauth", "no-cache")
        self.call("oauth", "no-cache")
        self.assertEqual(self.asked(), 2)
        self.assertEqual(os.listdir(self.home), [])

    def test_corrupt_file_is_replaced(self):
        self.call("oauth")
        with open(self.cache_file(), encoding="utf-8") as file:
            good = file.read()
        broken = ["", "{", "[]", "\0\0", good[:len(good) // 2], "x" * 100000,
                  good.replace("issued", "issuet"), good.replace("http://", "http://a."),
                  good.replace('"access_token":"', '"access_token":"\\"')]
        for number, text in enumerate(broken, 2):
            with open(self.cache_file(), "w", encoding="utf-8") as file:
                file.write(text)
            self.assertEqual(self.call("oauth")[0], "ok", text[:50])
            self.assertEqual(self.asked(), number, text[:50])
            self.call("oauth")
            self.assertEqual(self.asked(), number, "the file was not rewritten")
        self.assertEqual(mode(self.cache_file()), 0o600)

    def test_left_behind_by_a_stopped_process(self):
        self.call("oauth")
        path = self.cache_file()
        os.rename(path, path.replace(".json", ".new"))
        self.assertEqual(self.call("oauth")[0], "ok")
        self.assertEqual(self.asked(), 2)
        self.assertEqual(self.call("oauth")[0], "ok")
        self.assertEqual(self.asked(), 2)

    def test_open_to_others_is_refused(self):
        self.call("oauth")
        before = self.asked()
        path = self.cache_file()
        for bits in (0o640, 0o604, 0o620):
            os.chmod(path, bits)
            self.assertRegex(self.call("oauth")[0], "^E_IO 0 the token cache file .*open to others"
                             ".*chmod 600")
        os.chmod(path, 0o600)
        os.chmod(self.cache, 0o755)
        self.assertRegex(self.call("oauth")[0], "^E_IO 0 the token cache folder .*chmod 700")
        os.chmod(self.cache, 0o700)
        self.assertEqual(self.call("oauth")[0], "ok")
        self.assertEqual(self.asked(), before)

    def test_link_is_refused(self):
        self.call("oauth")
        path = self.cache_file()
        os.rename(path, os.path.join(self.home, "away"))
        os.symlink(os.path.join(self.home, "away"), path)
        self.assertRegex(self.call("oauth")[0], "^E_IO 0 .*expected a plain file")

    @unittest.skipUnless(os.geteuid() == 0, "only root can give files away")
    def test_owned_by_somebody_else_is_refused(self):
        self.call("oauth")
        for path in (self.cache_file(), self.cache):
            os.chown(path, 12345, -1)
            self.assertRegex(self.call("oauth")[0], "^E_IO 0 .*belongs to somebody else .uid 12345")
            os.chown(path, 0, -1)
        self.assertEqual(self.call("oauth")[0], "ok")

    def test_folder_that_cannot_be_made(self):
        blocked = os.path.join(self.home, "file")
        with open(blocked, "w", encoding="utf-8"):
            pass
        self.assertEqual(self.call("oauth", XDG_CACHE_HOME=blocked)[0], "ok")
        self.assertEqual(self.call("oauth", HOME=None)[0], "ok")
        self.assertRegex(self.call("oauth", "cache", os.path.join(blocked, "x"))[0],
                         "^E_IO 0 cannot use the token cache ")

    def test_expired_token_leaves_the_cache(self):
        self.call("oauth")
        self.service.valid.clear()
        self.service.token_answers = [(503, "text/html", "busy")] * 2
        self.assertRegex(self.call("oauth")[0], "^E_HTTP 503 ")
        self.assertFalse([name for name in os.listdir(self.cache) if name.endswith(".json")])

    def test_what_another_process_renewed_is_used(self):
        process = self.start("oauth", "calls", "2", "pause", "1500")
        while not self.service.soap_requests:
            time.sleep(0.02)
        time.sleep(0.3)
        self.service.valid.clear()
        self.assertEqual(self.call("oauth")[0], "ok")
        self.assertEqual(self.finish(process)[:2], ["ok", "ok"])
        self.assertEqual(self.asked(), 2)


if __name__ == "__main__":
    service.main()
