"""Certificates for tests, made with openssl: an authority, one below it, and what they sign."""
import pathlib
import shutil
import subprocess

CONFIG = """[ca]
default_ca = own
[own]
database = {folder}/index.txt
new_certs_dir = {folder}
rand_serial = yes
default_md = sha256
policy = any
copy_extensions = none
unique_subject = no
[any]
commonName = optional
"""


def available():
    return shutil.which("openssl") is not None


def openssl(*arguments):
    done = subprocess.run(["openssl", *map(str, arguments)], capture_output=True,
                          stdin=subprocess.DEVNULL)
    if done.returncode:
        raise RuntimeError(f"openssl {arguments}: {done.stderr.decode()}")


class Authority:
    """A folder of its own; `root` is the certificate to trust, `key` that of all the others."""

    def __init__(self, folder, name="Test authority"):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(exist_ok=True)
        (self.folder / "index.txt").write_text("")
        self.config = self.folder / "ca.cnf"
        self.config.write_text(CONFIG.format(folder=self.folder))
        self.key = self.folder / "leaf.key"
        self.count = 0
        self.root, self.root_key = self.folder / "root.pem", self.folder / "root.key"
        for key in (self.key, self.root_key):
            openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", key)
        openssl("req", "-x509", "-key", self.root_key, "-out", self.root, "-days", "30", "-subj",
                f"/CN={name}", "-addext", "keyUsage=critical,keyCertSign")

    def sign(self, common_name, extensions, issuer=None, start="20200101000000Z",
             end="20491231000000Z"):
        """The path of a new certificate; `extensions` as lines of an openssl configuration."""
        issuer = issuer or (self.root, self.root_key)
        self.count += 1
        base = self.folder / f"{self.count:03}"
        request, path = base.with_suffix(".csr"), base.with_suffix(".pem")
        openssl("req", "-new", "-key", self.key, "-out", request, "-subj",
                f"/CN={common_name}" if common_name else "/")
        base.with_suffix(".ext").write_text("\n".join(extensions) + "\n")
        openssl("ca", "-batch", "-notext", "-config", self.config, "-cert", issuer[0], "-keyfile",
                issuer[1], "-in", request, "-out", path, "-startdate", start, "-enddate", end,
                "-extfile", base.with_suffix(".ext"))
        return path

    def leaf(self, common_name, names=(), usage="serverAuth", **how):
        """A server's certificate; names as "DNS:host", "IP:address"."""
        lines = ["basicConstraints=CA:false", f"extendedKeyUsage={usage}"]
        if names:
            lines.append("subjectAltName=" + ",".join(names))
        return self.sign(common_name, lines, **how)

    def below(self, name="Test intermediate", constraints=("basicConstraints=critical,CA:true",)):
        """An authority below this one: its certificate and key, for `issuer`."""
        return self.sign(name, [*constraints, "keyUsage=critical,keyCertSign"]), self.key

    def self_signed(self, common_name, names):
        self.count += 1
        path = self.folder / f"{self.count:03}.pem"
        openssl("req", "-x509", "-key", self.key, "-out", path, "-days", "30", "-subj",
                f"/CN={common_name}", "-addext", "subjectAltName=" + ",".join(names))
        return path

    def chain(self, *paths):
        """One file with these certificates, as a server sends them."""
        self.count += 1
        path = self.folder / f"{self.count:03}-chain.pem"
        path.write_bytes(b"".join(pathlib.Path(part).read_bytes() for part in paths))
        return path
