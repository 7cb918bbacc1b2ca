"""What stands in the configuration of sign-in, who an identity is, and where a link may lead."""

from __future__ import annotations

import pickle
from datetime import timedelta

import pytest

from xianzhong.signin.identity import Identity, NoSubjectError, identity_of
from xianzhong.signin.secret import Secret
from xianzhong.signin.settings import SignInSettingsError, read_sign_in
from xianzhong.web.target import own_target

FILE = """
address = "https://dashboard.example/xz/"
issuer = "https://sign-in.example/realms/office"
client_id = "xianzhong"
client_secret_file = "client_secret"
idle_minutes = 30
allowed_hosts = ["dashboard", "*.office.example"]
account_names = true
"""


@pytest.fixture
def file(tmp_path):
    (tmp_path / "client_secret").write_text("hidden\n")
    path = tmp_path / "sign_in.toml"
    path.write_text(FILE)
    return path


def read(file, **more):
    return read_sign_in({"XIANZHONG_SIGN_IN": str(file), **more})


def test_without_a_file_or_a_variable_there_is_no_sign_in():
    assert read_sign_in({"XIANZHONG_LAKE": "x", "XIANZHONG_SIGN_IN": ""}) is None


def test_a_file_is_read_and_its_paths_are_meant_from_where_it_is(file):
    found = read(file)
    assert (found.address, found.base_path) == ("https://dashboard.example/xz", "/xz")
    assert found.client_secret.reveal() == "hidden"
    assert (found.idle, found.longest) == (timedelta(minutes=30), timedelta(hours=12))
    assert found.allowed_hosts == ("dashboard", "*.office.example")
    assert found.account_names


def test_the_environment_goes_before_the_file(file):
    found = read(file, XIANZHONG_SIGN_IN_CLIENT_ID="other", XIANZHONG_SIGN_IN_LONGEST_HOURS="1.5")
    assert (found.client_id, found.longest) == ("other", timedelta(minutes=90))


def test_the_environment_alone_is_enough():
    found = read_sign_in(
        {
            "XIANZHONG_SIGN_IN_ADDRESS": "http://localhost:8501",
            "XIANZHONG_SIGN_IN_ISSUER": "http://127.0.0.1:9000/",
            "XIANZHONG_SIGN_IN_CLIENT_ID": "x",
        }
    )
    assert found.issuer == "http://127.0.0.1:9000/"
    assert found.client_secret is None
    assert len(found.cookie_secret.reveal()) > 40


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ISSUER": "http://sign-in.example"}, "https://"),
        ({"ADDRESS": "https://a.example/?x=1"}, "https://"),
        ({"ADDRESS": "https://someone@a.example"}, "https://"),
        ({"ADDRESS": "dashboard.example"}, "https://"),
        ({"IDLE_MINUTES": "0"}, "idle_minutes"),
        ({"LONGEST_HOURS": "long"}, "longest_hours"),
        ({"LONGEST_HOURS": "nan"}, "longest_hours"),
        ({"COOKIE_SECRET": "short"}, "openssl rand"),  # pragma: allowlist secret
        ({"CA_FILE": "missing.pem"}, "ca_file"),
        ({"ACCOUNT_NAMES": "perhaps"}, "account_names"),
    ],
)
def test_what_makes_no_sense_is_refused_in_both_languages(file, change, words):
    with pytest.raises(SignInSettingsError) as refused:
        read(file, **{f"XIANZHONG_SIGN_IN_{key}": value for key, value in change.items()})
    assert words in refused.value.said.zh
    assert words in refused.value.said.en


def test_an_unknown_key_is_named(file):
    file.write_text(FILE + 'clientid = "x"\n')
    with pytest.raises(SignInSettingsError, match="clientid"):
        read(file)


def test_a_missing_key_is_named(file):
    file.write_text('address = "https://a.example"\n')
    with pytest.raises(SignInSettingsError, match="XIANZHONG_SIGN_IN_ISSUER"):
        read(file)


def test_a_file_with_a_secret_that_everyone_may_read_is_refused(file):
    file.write_text(FILE.replace('_file = "client_secret"', ' = "hidden"'))
    file.chmod(0o644)
    with pytest.raises(SignInSettingsError, match="chmod 640") as refused:
        read(file)
    assert "hidden" not in str(refused.value)
    file.chmod(0o640)
    assert read(file).client_secret.reveal() == "hidden"


def test_nothing_prints_a_secret(file):
    found = read(file, XIANZHONG_SIGN_IN_COOKIE_SECRET="c" * 40)
    for text in (repr(found), str(found), f"{found.client_secret}"):
        assert "hidden" not in text
        assert "ccc" not in text
    with pytest.raises(TypeError):
        pickle.dumps(Secret("hidden"))


# --- who it is --------------------------------------------------------------------------------


@pytest.mark.parametrize("verified", [False, None, "true", 1, "false"])
def test_an_e_mail_that_is_not_verified_is_no_handle(verified):
    claims = {"sub": "1", "email": "a@example.org", "email_verified": verified}
    assert identity_of("i", claims).handles == ()


def test_a_verified_e_mail_is_a_handle_in_lower_case():
    claims = {"sub": "1", "email": " A@Example.ORG ", "email_verified": True}
    assert identity_of("i", claims).handles == ("a@example.org",)


def test_an_account_name_is_a_handle_only_where_the_office_says_so_and_never_as_an_e_mail():
    claims = {"sub": "1", "preferred_username": "KM-053"}
    assert identity_of("i", claims).handles == ()
    assert identity_of("i", claims, account_names=True).handles == ("km-053",)
    claims["preferred_username"] = "chief@example.org"
    assert identity_of("i", claims, account_names=True).handles == ()


def test_the_name_falls_back_to_what_there_is_and_is_one_short_line():
    assert identity_of("i", {"sub": "1"}) == Identity("i", "1", "1")
    assert identity_of("i", {"sub": "1", "preferred_username": "km"}).name == "km"
    assert identity_of("i", {"sub": "1", "name": "示\x00例\u202e\n名" + "长" * 99}).name == (
        "示 例 名" + "长" * 55
    )


@pytest.mark.parametrize("claims", [{}, {"sub": ""}, {"sub": 7}, {"name": "x"}])
def test_nobody_is_no_identity(claims):
    with pytest.raises(NoSubjectError):
        identity_of("i", claims)


# --- where a link may lead --------------------------------------------------------------------


@pytest.mark.parametrize(
    "target",
    ["/", "/schools?province=53&q=%E4%BA%91+x", "/s/ab12?lang=en", "/schools?q=//a&b=http://c"],
)
def test_an_address_of_the_product_stays_as_it_is(target):
    assert own_target(target, "") == target


def test_chinese_characters_are_encoded_and_a_fragment_goes():
    assert own_target("/schools?q=云南#x", "") == "/schools?q=%E4%BA%91%E5%8D%97"


@pytest.mark.parametrize(
    "target",
    ["", "x", "https://e.example", "//e.example", "/\\e", "/a\n", "/a//b", "/sign-in",
     "/sign-out?x", "/sign-in/go", "/" + "x" * 9000, "///", "/\u2028x", "/x:80//y"],
)  # fmt: skip
def test_anything_else_leads_to_the_first_page(target):
    assert own_target(target, "") == "/"


def test_under_a_path_an_address_beside_it_is_a_strangers():
    assert own_target("/xz/schools", "/xz") == "/xz/schools"
    assert own_target("/schools", "/xz") == "/xz/"
    assert own_target("/xzevil", "/xz") == "/xz/"


@pytest.mark.parametrize("like", ["\u212a1@example.org", "ſ1@example.org"])
def test_letters_that_only_look_alike_do_not_become_somebody_elses_address(like: str) -> None:
    claims = {"sub": "1", "email": like, "email_verified": True}
    assert identity_of("i", claims).handles == (like,)
