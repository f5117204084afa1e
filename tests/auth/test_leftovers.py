"""Secrets are in memory while a session needs them, and no longer."""
import subprocess

import service


class Leftovers(service.Case):
    def look(self, kind, url, *secrets):
        lines = "".join(bytes(b ^ 0x55 for b in text.encode()).hex() + "\n" for text in secrets)
        ran = subprocess.run([self.program, kind, url], input=lines, text=True, timeout=60,
                             stdout=subprocess.PIPE, check=False,
                             env=self.environment(ETSOAP_CLIENT_SECRET=None))
        if ran.returncode == 77:
            self.skipTest(ran.stdout)
        self.assertEqual(ran.returncode, 0, ran.stdout)
        return dict(line.rsplit(" ", 1) for line in ran.stdout.splitlines())

    def test_client_secret_and_token(self):
        token = "eyJhbGciOi" + "0123456789" * 4
        for _ in range(2):  # from the service, then from the cache
            self.service.token_answers = [lambda n: self.service.token(token)]
            found = self.look("oauth", self.service.base, service.SECRET, token)
            self.assertGreater(int(found["secret held"]), 0)
            self.assertGreater(int(found["token held"]), 0)
            self.assertEqual((found["secret left"], found["token left"]), ("0", "0"))
        self.assertEqual(len(self.service.token_requests), 1)

    def test_password(self):
        password = "a-password-of-some-length"
        found = self.look("username", self.service.base + "/Service.asmx", password)
        self.assertEqual((int(found["secret held"]) > 0, found["secret left"]), (True, "0"))


if __name__ == "__main__":
    service.main()
