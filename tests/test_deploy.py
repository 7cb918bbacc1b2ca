"""The files for deployment hold together, and with what the product reads."""

from __future__ import annotations

import configparser
import json
import re
import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx2
import pytest
import yaml

from tests.conftest import ROOT
from tests.signed_in_server import free_port
from xianzhong.signin.settings import FILE, KEYS, read_sign_in

DEPLOY = ROOT / "deploy"
PLACEHOLDERS = {"CLIENT_SECRET": "c" * 64, "COOKIE_SECRET": "s" * 64, "SSO_ADMIN_PASSWORD": "p"}


def compose() -> dict:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))


def filled(text: str) -> str:
    return re.sub(r"\$\{(\w+):\?[^}]*\}", lambda found: PLACEHOLDERS[found[1]], text)


def documents() -> str:
    names = ("docs/deployment.md", "docs/deployment.zh-CN.md")
    return "\n".join((ROOT / name).read_text(encoding="utf-8") for name in names)


@pytest.mark.parametrize("name", ["docs/deployment.md", "docs/deployment.zh-CN.md"])
def test_every_key_is_described(name: str) -> None:
    described = re.findall(r"^\| `(\w+)` \|", (ROOT / name).read_text(encoding="utf-8"), re.M)
    assert sorted(described) == sorted(KEYS)


def test_the_containers_are_configured_with_keys_that_the_product_reads(tmp_path: Path) -> None:
    environ = {k: filled(v) for k, v in compose()["services"]["app"]["environment"].items()}
    # The certificate is there only in the container.
    (tmp_path / "ca.pem").write_text("")
    environ[f"{FILE}_CA_FILE"] = str(tmp_path / "ca.pem")
    # Uvicorn's own.
    del environ["FORWARDED_ALLOW_IPS"]
    unknown = {name.removeprefix(f"{FILE}_").lower() for name in environ} - set(KEYS)
    assert unknown == set()
    found = read_sign_in(environ)
    assert found is not None
    assert found.client_secret.reveal() == PLACEHOLDERS["CLIENT_SECRET"]  # type: ignore[union-attr]


def test_the_provider_knows_the_dashboard_by_the_address_that_it_has() -> None:
    services = compose()["services"]
    app, sso = services["app"]["environment"], services["sso"]["environment"]
    realm = json.loads((DEPLOY / "keycloak" / "realm.json").read_text(encoding="utf-8"))
    (client,) = realm["clients"]
    assert sso["XIANZHONG_ADDRESS"] == app[f"{FILE}_ADDRESS"]
    assert sso["XIANZHONG_CLIENT_SECRET"] == app[f"{FILE}_CLIENT_SECRET"]
    assert app[f"{FILE}_ISSUER"] == f"{sso['KC_HOSTNAME']}/realms/{realm['realm']}"
    assert client["clientId"] == app[f"{FILE}_CLIENT_ID"]
    assert client["redirectUris"] == ["${XIANZHONG_ADDRESS}/sign-in/back"]
    assert client["secret"] == "${XIANZHONG_CLIENT_SECRET}"
    assert client["attributes"]["pkce.code.challenge.method"] == "S256"
    assert not realm["registrationAllowed"]


def test_no_secret_and_no_account_is_in_the_files() -> None:
    assert "users" not in json.loads((DEPLOY / "keycloak" / "realm.json").read_text("utf-8"))
    for service in compose()["services"].values():
        for name, value in service.get("environment", {}).items():
            if re.search(r"SECRET$|PASSWORD$", name):
                assert re.fullmatch(r"\$\{\w+:\?[^}]+\}", value), name


def test_every_file_that_the_containers_are_given_is_there_or_is_made_by_the_script() -> None:
    script = (DEPLOY / "prepare.sh").read_text(encoding="utf-8")
    for service in compose()["services"].values():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith("./"):
                made = source.removeprefix("./") in script
                assert made or (DEPLOY / source).is_file(), source
    for name in PLACEHOLDERS:
        assert f"{name}=" in script


def test_the_data_that_the_container_loads_are_those_of_the_makefile() -> None:
    loaded = compose()["services"]["data"]["command"][-1]
    given = re.findall(r"^load (\w+) (\w+)$", loaded, re.M)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert given == re.findall(r"load (\w+) data/programme/(\w+)\.csv", makefile)


def test_only_this_machine_reaches_the_trial() -> None:
    published = [p for s in compose()["services"].values() for p in s.get("ports", [])]
    assert published == ["127.0.0.1:8443:8443"]


def test_the_image_copies_what_is_there_and_does_not_run_as_root() -> None:
    lines = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines()
    copied = [line.split()[1:-1] for line in lines if line.startswith("COPY ")]
    let_in = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for name in (name for names in copied for name in names):
        assert (ROOT / name).exists(), name
        assert f"!{name}" in let_in, name
    assert "USER xianzhong" in lines


def test_the_script_makes_certificates_that_fit_and_keeps_what_is_there(tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("no openssl here")
    script = shutil.copy(DEPLOY / "prepare.sh", tmp_path)
    for _ in range(2):
        subprocess.run(["sh", script], check=True, capture_output=True)
        kept = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    subprocess.run(["sh", script], check=True, capture_output=True)
    assert kept == {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    made = tmp_path / "certificates"
    verified = ["openssl", "verify", "-verify_hostname", "xianzhong.localhost"]
    subprocess.run(
        [*verified, "-CAfile", made / "ca.pem", made / "site.pem"], check=True, capture_output=True
    )
    assert (tmp_path / ".env").stat().st_mode & 0o077 == 0
    assert (made / "site.key").stat().st_mode & 0o077 == 0


@pytest.fixture
def nginx() -> str:
    found = shutil.which("nginx")
    if found is None or shutil.which("openssl") is None:
        pytest.skip("no nginx here")
    return found


def configured(folder: Path, site: str, **changes: str) -> Path:
    """nginx's whole configuration with a site of ours in it, and a certificate for it."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x",
         "-keyout", folder / "site.key", "-out", folder / "site.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    text = (DEPLOY / "nginx" / site).read_text(encoding="utf-8")
    text = text.replace("/etc/nginx/certificates", str(folder))
    text = text.replace("/etc/nginx/xianzhong", str(DEPLOY / "nginx"))
    for old, new in changes.items():
        text = re.sub(rf"(listen |127\.0\.0\.1:){old.strip('_')}\b", rf"\g<1>{new}", text)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    path = folder / "nginx.conf"
    path.write_text(
        f"pid {folder}/pid;\nerror_log stderr;\nevents {{}}\n"
        f"http {{\n{temporary}access_log off;\n{text}\n}}"
    )
    return path


@pytest.mark.parametrize("site", ["xianzhong.conf", "compose.conf"])
def test_nginx_takes_the_site(tmp_path: Path, nginx: str, site: str) -> None:
    command = [nginx, "-t", "-p", tmp_path, "-c", configured(tmp_path, site)]
    tested = subprocess.run(command, capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stderr


class Behind(BaseHTTPRequestHandler):
    """Says what came through."""

    def do_GET(self) -> None:
        said = f"{self.path} {self.headers['Host']} {self.headers['Connection']}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_said: object) -> None: ...


def test_requests_come_through_nginx_as_they_were(tmp_path: Path, nginx: str) -> None:
    """A location with a slash at its end would send /sign-in to /sign-in/, and that back again."""
    behind = ThreadingHTTPServer(("127.0.0.1", 0), Behind)
    threading.Thread(target=behind.serve_forever, daemon=True).start()
    port = free_port()
    path = configured(
        tmp_path, "xianzhong.conf", _443=f"127.0.0.1:{port}", _80=f"127.0.0.1:{free_port()}",
        _8501=str(behind.server_port),
    )  # fmt: skip
    path.write_text(re.sub(r"listen \[::\].*", "", path.read_text()))
    process = subprocess.Popen([nginx, "-p", tmp_path, "-c", path, "-g", "daemon off;"])
    try:
        retrying = httpx2.HTTPTransport(verify=False, retries=8)
        with httpx2.Client(transport=retrying, base_url=f"https://127.0.0.1:{port}") as client:
            for address in ("/sign-in?to=%2Fa%3Fb", "/sign-in/back?code=x", "/schools?q=%E4%BA%91"):
                answer = client.get(address, headers={"Host": "dashboard.example.org"})
                assert answer.status_code == 200
                assert answer.text == f"{address} dashboard.example.org None"
            socket = client.get("/_stcore/stream", headers={"Upgrade": "websocket"})
            assert socket.text.endswith(" upgrade")
            assert client.get("/readyz").status_code == 404
    finally:
        process.terminate()
        process.wait(20)
        behind.shutdown()


@pytest.mark.parametrize("site", ["xianzhong.conf", "compose.conf"])
def test_the_proxy_passes_on_what_the_dashboard_needs(site: str) -> None:
    common = (DEPLOY / "nginx" / "proxy.conf").read_text(encoding="utf-8")
    text = (DEPLOY / "nginx" / site).read_text(encoding="utf-8")
    for needed in ("Upgrade $http_upgrade", "Connection $connection_upgrade", "Host $http_host"):
        assert needed in common
    assert "map $http_upgrade $connection_upgrade" in text
    size = re.search(r"client_max_body_size (\d+)m", text)
    config = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    limit = re.search(r"^maxUploadSize = (\d+)", config, re.M)
    assert size
    assert limit
    # Else nginx would answer for the dashboard, and not in the reader's words.
    assert int(size[1]) > int(limit[1])


def test_the_service_gives_a_commit_time_to_end_and_little_else() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(DEPLOY / "systemd" / "xianzhong.service", encoding="utf-8")
    service = unit["Service"]
    assert service["TimeoutStopSec"] == "90"
    assert service["User"] == "xianzhong"
    assert service["ProtectSystem"] == "strict"
    assert service["NoNewPrivileges"] == "yes"
    assert "--host 127.0.0.1" in service["ExecStart"]


def test_systemd_understands_the_service(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("no systemd here")
    unit = tmp_path / "xianzhong.service"
    text = (DEPLOY / "systemd" / "xianzhong.service").read_text(encoding="utf-8")
    unit.write_text(text.replace("/opt/xianzhong/.venv/bin/xianzhong", "/bin/true"))
    told = subprocess.run([analyze, "verify", unit], capture_output=True, text=True, check=False)
    assert "xianzhong.service" not in told.stderr, told.stderr


def test_the_example_is_read_where_its_secrets_are(tmp_path: Path) -> None:
    example = Path(shutil.copy(DEPLOY / "sign_in.example.toml", tmp_path))
    for name in ("client_secret", "cookie_secret"):
        (tmp_path / name).write_text("x" * 40)
    found = read_sign_in({FILE: str(example)})
    assert found is not None
    assert found.host == "dashboard.example.org"
    assert f"https://{found.host}/sign-in/back" in documents()
