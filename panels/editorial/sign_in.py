"""Sign-in attempts: each is recorded, and after several wrong passwords or codes the next attempt has to wait.

Attempts are counted for one account from one network. Guessing a password is slowed down there, while the editor can
still sign in from elsewhere. The counts are in the database, so that every worker knows them, also after a restart.
"""

import datetime as dt
import ipaddress

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.crypto import salted_hmac

from panels.models import SignInAttempt

FREE = 5  # wrong passwords that cost nothing
FIRST_WAIT = 15  # seconds after the next one, then twice as many each time
LONGEST_WAIT = 15 * 60
COUNTED_FOR = dt.timedelta(days=1)
KEPT_FOR = dt.timedelta(days=90)
_IPV6_NETWORK = 64  # bits: what one household or office has

Method = SignInAttempt.Method
Outcome = SignInAttempt.Outcome


class TooManyAttemptsError(Exception):
    """No password is looked at before `wait` seconds are over."""

    def __init__(self, wait: int) -> None:
        super().__init__(wait)
        self.wait = wait


def begin(name: str, address: str, method: Method = Method.PASSWORD) -> SignInAttempt:
    """Record an attempt, as failed until `succeed` is called. Raises `TooManyAttemptsError` while it must wait.

    The row is written before others are counted: of two attempts at the same time, at least one sees the other.
    Codes are counted by themselves: a right password before each of them does not make more guesses free.
    """
    account = get_user_model()._default_manager.filter(username=name).first()
    attempt = SignInAttempt.objects.create(
        account_hash=_hash(name, method), account=account, network=network_of(address), method=method
    )
    wait = _wait_of(attempt)
    if wait > 0:
        attempt.outcome = Outcome.REFUSED
        attempt.save(update_fields=["outcome"])
        raise TooManyAttemptsError(wait)
    return attempt


def succeed(attempt: SignInAttempt, account: AbstractBaseUser) -> None:
    """Forget earlier wrong passwords after a successful sign-in, and delete attempts older than 90 days."""
    attempt.outcome, attempt.account_id = Outcome.SUCCEEDED, account.pk
    attempt.save(update_fields=["outcome", "account"])
    SignInAttempt.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()


def record(
    account: AbstractBaseUser | None, name: str, address: str, method: Method, outcome: Outcome = Outcome.SUCCEEDED
) -> None:
    """Record an attempt in which nothing can be guessed: by passkey or single sign-on."""
    key = account.pk if account else None
    SignInAttempt.objects.create(
        account_hash=_hash(name, method), account_id=key, network=network_of(address), method=method, outcome=outcome
    )


def network_of(address: str) -> str:
    """The address if it is IPv4; the network if it is IPv6, because one machine has billions. Otherwise empty."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, _IPV6_NETWORK), strict=False))
    return str(found)


def _hash(name: str, method: Method) -> str:
    salt = "panels.sign-in" if method == Method.PASSWORD else f"panels.sign-in.{method}"
    return salted_hmac(salt, name.casefold(), algorithm="sha256").hexdigest()


def _wait_of(attempt: SignInAttempt) -> int:
    """Seconds from now, by the wrong passwords since the last right one."""
    of_both = SignInAttempt.objects.filter(account_hash=attempt.account_hash, network=attempt.network)
    earlier = of_both.filter(at__gt=timezone.now() - COUNTED_FOR).exclude(pk=attempt.pk)
    right = earlier.filter(outcome=Outcome.SUCCEEDED).order_by("-pk").values_list("pk", flat=True).first()
    wrong = earlier.filter(outcome=Outcome.FAILED, pk__gt=right or 0)
    times = list(wrong.order_by("-pk").values_list("at", flat=True)[:100])
    if len(times) < FREE:
        return 0
    wait = min(FIRST_WAIT * 2 ** (len(times) - FREE), LONGEST_WAIT)
    return round((times[0] + dt.timedelta(seconds=wait) - timezone.now()).total_seconds())
