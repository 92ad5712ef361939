"""The register only grows, in one unbroken chain, and shows every sign of tampering."""

import json
import random
import threading
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from ccm_portal import embedded
from ccm_portal.core import register
from ccm_portal.core.models import RegisterEntry
from ccm_portal.core.register import GENESIS, Head, entry_hash
from tests import database
from tests.factories import UserFactory, state

AT = datetime(2027, 4, 1, 12, tzinfo=UTC)


def act(number, *, chain="main", by=None, **more):
    with transaction.atomic():
        return register.append(
            action=f"test.act.{number % 3}", by=by, at=AT + timedelta(minutes=number), chain=chain, **more
        )


def chain_of(count):
    person, lao = UserFactory(), state("LAO")
    return [act(n, by=person if n % 2 else None, state=lao if n % 3 else None, data={"n": n}) for n in range(count)]


# One chain


@pytest.mark.django_db
def test_an_entry_follows_the_one_before_it():
    heads = chain_of(4)

    entries = list(RegisterEntry.objects.order_by("number"))
    assert [entry.number for entry in entries] == [1, 2, 3, 4]
    assert [entry.previous_hash for entry in entries] == [GENESIS, *(entry.hash for entry in entries[:-1])]
    assert [entry.hash for entry in entries] == [head.hash for head in heads]
    assert entries[1].hash == entry_hash(previous=entries[0].hash, number=2, payload=entries[1].payload)
    assert list(register.faults(expected=heads)) == []
    assert register.heads() == [heads[-1]]


@pytest.mark.django_db
def test_a_chain_of_its_own_has_numbers_of_its_own():
    act(1)
    act(2, chain="case:a")
    act(3)
    act(4, chain="case:a")
    assert sorted(RegisterEntry.objects.values_list("chain", "number")) == [
        ("case:a", 1),
        ("case:a", 2),
        ("main", 1),
        ("main", 2),
    ]
    assert list(register.faults()) == []


@pytest.mark.django_db(transaction=True)
def test_an_act_that_is_rolled_back_leaves_no_gap():
    act(1)
    with pytest.raises(RuntimeError), transaction.atomic():
        register.append(action="test.never", by=None, at=AT)
        raise RuntimeError
    act(2)
    assert list(RegisterEntry.objects.order_by("number").values_list("number", "action")) == [
        (1, "test.act.1"),
        (2, "test.act.2"),
    ]
    assert list(register.faults()) == []


@pytest.mark.django_db(transaction=True)
def test_an_act_is_recorded_only_within_its_transaction():
    with pytest.raises(RuntimeError, match="in its own transaction"):
        register.append(action="test.alone", by=None, at=AT)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_give_one_unbroken_chain():
    wrong = []

    def work(worker):
        try:
            for number in range(15):
                act(number, chain="main" if number % 5 else "case:b", data={"worker": worker})
        except Exception as problem:
            wrong.append(problem)
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)

    assert wrong == []
    assert {(head.chain, head.number) for head in register.heads()} == {("main", 72), ("case:b", 18)}
    assert list(register.faults()) == []


# Nobody who serves may change it


REFUSED_TO_THE_WEB_ROLE = [
    "UPDATE core_registerentry SET action = 'x'",
    "DELETE FROM core_registerentry",
    "TRUNCATE core_registerentry",
    "TRUNCATE core_registerentry CASCADE",
    "INSERT INTO core_registerentry (chain, number, at, action, object_type, object_id, payload, previous_hash, hash)"
    " VALUES ('main', 99, now(), 'forged', '', '', '{}', repeat('0', 64), repeat('0', 64))",
    "INSERT INTO core_registerentry SELECT * FROM core_registerentry ON CONFLICT (id) DO UPDATE SET action = 'x'",
    "COPY core_registerentry FROM PROGRAM 'true'",
    "ALTER TABLE core_registerentry DISABLE TRIGGER ALL",
    "ALTER TABLE core_registerentry DISABLE TRIGGER register_refuses_change",
    "DROP TRIGGER register_refuses_change ON core_registerentry",
    "DROP TABLE core_registerentry",
    "ALTER TABLE core_registerentry OWNER TO portal_web",
    "CREATE RULE quiet AS ON INSERT TO core_registerentry DO INSTEAD NOTHING",
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    "DROP FUNCTION refuse_change() CASCADE",
    "SET session_replication_role = replica",
    "SET ROLE portal_owner",
    "SET SESSION AUTHORIZATION portal_owner",
    # PostgreSQL only warns about a grant that gives nothing: it must have given nothing.
    "GRANT UPDATE ON core_registerentry TO portal_web; UPDATE core_registerentry SET action = 'x'",
    "CREATE TRIGGER mine BEFORE INSERT ON core_registerentry EXECUTE FUNCTION refuse_change()",
    "CREATE TABLE public.mine (id int)",
    "LOCK TABLE core_registerentry IN ACCESS EXCLUSIVE MODE",
]


@pytest.mark.django_db
@pytest.mark.parametrize("statement", REFUSED_TO_THE_WEB_ROLE)
def test_the_role_that_serves_can_only_append(statement):
    chain_of(2)
    before = list(RegisterEntry.objects.order_by("number").values())

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("portal_web",)
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(statement)

    assert list(RegisterEntry.objects.order_by("number").values()) == before


@pytest.fixture
def owner(transactional_db):
    """A connection as the role that migrates."""
    with psycopg.connect(_address("owner"), autocommit=True) as connected:
        yield connected


@pytest.fixture
def intruder(transactional_db):
    """A connection as the superuser, whom no trigger stops."""
    with psycopg.connect(_address("owner").replace("portal_owner", "postgres"), autocommit=True) as connected:
        connected.execute("SET session_replication_role = replica")
        yield connected


def _address(role):
    return embedded.database_url(database.server_folder(), role, database=connection.settings_dict["NAME"])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_registerentry SET action = 'x'",
        "DELETE FROM core_registerentry",
        "TRUNCATE core_registerentry",
        "TRUNCATE core_state CASCADE",
    ],
)
def test_even_the_owner_is_refused_while_the_triggers_stand(owner, statement):
    chain_of(2)
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="core_registerentry is append-only"):
        owner.execute(statement)
    assert RegisterEntry.objects.count() == 2


# Tampering


def change(intruder, chance, count):
    """Change something, somewhere; returns what was done, for the message of a failing test."""
    number = chance.randint(1, count)
    column, value = chance.choice(
        [
            ("at", "at + interval '1 second'"),
            ("actor_id", "CASE WHEN actor_id IS NULL THEN (SELECT min(id) FROM core_user) END"),
            ("state_id", "CASE WHEN state_id IS NULL THEN (SELECT min(id) FROM core_state) END"),
            ("action", "action || 'x'"),
            ("object_type", "'core.State'"),
            ("object_id", "'99'"),
            ("payload", "replace(payload, 'test.act', 'test.axt')"),
            ("payload", "'{}'"),
            ("payload", "'null'"),
            ("payload", "'nonsense'"),
            ("payload", "payload || ' '"),
            ("previous_hash", "repeat('f', 64)"),
            ("hash", "repeat('e', 64)"),
            ("number", str(count + 7)),
            ("chain", "'other'"),
        ]
    )
    intruder.execute(f"UPDATE core_registerentry SET {column} = {value} WHERE number = {number}")
    return f"{column} of {number}"


def remove(intruder, chance, count):
    number = chance.randint(1, count)
    intruder.execute("DELETE FROM core_registerentry WHERE number = %s", [number])
    return f"removed {number}"


def remove_and_close_the_gap(intruder, chance, count):
    number = chance.randint(1, count)
    intruder.execute("DELETE FROM core_registerentry WHERE number = %s", [number])
    for later in range(number + 1, count + 1):
        intruder.execute("UPDATE core_registerentry SET number = number - 1 WHERE number = %s", [later])
    return f"removed {number} and closed the gap"


def insert(intruder, chance, count):
    number = chance.randint(1, count)
    for later in range(count, number - 1, -1):
        intruder.execute("UPDATE core_registerentry SET number = number + 1 WHERE number = %s", [later])
    intruder.execute(
        "INSERT INTO core_registerentry"
        " (chain, number, at, action, object_type, object_id, payload, previous_hash, hash)"
        " SELECT chain, number - 1, at, action, object_type, object_id, payload, previous_hash, hash"
        " FROM core_registerentry WHERE number = %s",
        [number + 1],
    )
    return f"inserted a copy at {number}"


def swap(intruder, chance, count):
    one, other = chance.sample(range(1, count + 1), 2)
    for old, new in ((one, 0), (other, one), (0, other)):
        intruder.execute("UPDATE core_registerentry SET number = %s WHERE number = %s", [new, old])
    return f"swapped {one} and {other}"


def cut(intruder, chance, count):
    kept = chance.randint(0, count - 1)
    intruder.execute("DELETE FROM core_registerentry WHERE number > %s", [kept])
    return f"cut after {kept}"


def rewrite(intruder, chance, count):
    """The thorough forger: changes an entry, then computes every hash after it anew."""
    number = chance.randint(1, count)
    rows = intruder.execute("SELECT id, number, payload FROM core_registerentry ORDER BY number").fetchall()
    previous = GENESIS
    for pk, position, payload in rows:
        if position == number:
            told = json.loads(payload)
            told["data"] = {"n": "forged"}
            payload = json.dumps(told, sort_keys=True, separators=(",", ":"))
        digest = entry_hash(previous=previous, number=position, payload=payload)
        intruder.execute(
            "UPDATE core_registerentry SET payload = %s, previous_hash = %s, hash = %s WHERE id = %s",
            [payload, previous, digest, pk],
        )
        previous = digest
    return f"rewrote from {number}"


def change_with_its_hash(intruder, chance, count):
    """The half-hearted forger: the entry is right in itself, and the next one does not follow it."""
    number = chance.randint(1, count)
    previous, payload = intruder.execute(
        "SELECT previous_hash, payload FROM core_registerentry WHERE number = %s", [number]
    ).fetchone()
    payload = payload.replace('"data":{', '"data":{"forged":1,')
    digest = entry_hash(previous=previous, number=number, payload=payload)
    intruder.execute(
        "UPDATE core_registerentry SET payload = %s, hash = %s WHERE number = %s", [payload, digest, number]
    )
    return f"changed {number} with its hash"


TAMPERINGS = (
    change,
    change,
    change,
    change_with_its_hash,
    remove,
    remove_and_close_the_gap,
    insert,
    swap,
    cut,
    rewrite,
)


def test_every_tampering_is_found(intruder):
    count = 9
    chain_of(count)
    [sent_out] = register.heads()
    assert list(register.faults(expected=[sent_out])) == []
    intruder.execute("CREATE TEMP TABLE kept AS TABLE core_registerentry")
    missed, chance = [], random.Random(20270401)

    for round_ in range(70):
        tampering = TAMPERINGS[round_ % len(TAMPERINGS)]
        done = tampering(intruder, chance, count)
        if not list(register.faults(expected=[sent_out])):
            missed.append(done)
        intruder.execute("DELETE FROM core_registerentry")
        intruder.execute("INSERT INTO core_registerentry TABLE kept")
        assert list(register.faults(expected=[sent_out])) == []

    assert missed == []


def test_a_cut_tail_shows_only_against_a_head_that_left_the_house(intruder):
    heads = chain_of(5)
    cut_after_three = "DELETE FROM core_registerentry WHERE number > 3"
    intruder.execute(cut_after_three)
    assert list(register.faults()) == []
    assert list(register.faults(expected=[heads[4]])) == ["main/5: was sent out as a head and is gone"]


def test_an_emptied_register_shows_against_a_head(intruder):
    heads = chain_of(3)
    intruder.execute("DELETE FROM core_registerentry")
    assert list(register.faults(expected=heads[-1:])) == ["main/3: was sent out as a head and is gone"]


def test_the_command_says_what_is_wrong_and_where(intruder, capsys):
    heads = chain_of(3)
    call_command("register_verify", "--head", f"main:3:{heads[-1].hash}")
    assert capsys.readouterr().out.splitlines() == [f"main:3:{heads[-1].hash}", "The register verifies."]

    intruder.execute("UPDATE core_registerentry SET payload = payload || ' ' WHERE number = 2")
    with pytest.raises(CommandError, match="1 faults found"):
        call_command("register_verify")
    assert capsys.readouterr().err.splitlines() == ["main/2: the content does not match its hash"]


def test_a_head_that_never_was_is_named(transactional_db):
    chain_of(2)
    assert list(register.faults(expected=[Head("main", 2, "f" * 64)])) == [
        "main/2: differs from the head that was sent out"
    ]
