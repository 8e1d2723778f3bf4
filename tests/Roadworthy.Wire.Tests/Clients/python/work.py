"""Prints what a client of psycopg sees, with libpq's pipeline mode; the same through the proxy and without it."""
import logging
import os

import psycopg

# Whether a pipeline that has failed says so once more when it is left depends on what has arrived by then.
logging.getLogger("psycopg").setLevel(logging.ERROR)

with psycopg.connect(os.environ["CLIENT_DSN"], autocommit=True) as client:
    client.execute("TRUNCATE items, parents")
    print(client.execute("SELECT %s::int + 1", (41,)).fetchall())
    for n in range(7):
        print(client.execute("SELECT %s::text", (str(n),), prepare=True).fetchone())

    with client.pipeline() as pipeline:
        cursors = [client.execute("SELECT %s::int", (n,)) for n in range(200)]
        pipeline.sync()
        print(sum(cursor.fetchone()[0] for cursor in cursors))

    try:
        with client.pipeline() as pipeline:
            client.execute("INSERT INTO items VALUES (1, 'one')")
            client.execute("SELECT 1/0")
            client.execute("INSERT INTO items VALUES (2, 'two')")
    except psycopg.Error as error:
        print(error.sqlstate)
    print(client.execute("SELECT count(*) FROM items").fetchone())

    try:
        with client.transaction():
            client.execute("INSERT INTO items VALUES (3, 'three')")
            client.execute("INSERT INTO items VALUES (3, 'three')")
    except psycopg.Error as error:
        print(error.sqlstate, error.diag.constraint_name)

    with client.cursor() as cursor:
        with cursor.copy("COPY items (id, name) FROM STDIN") as copy:
            for n in range(5000):
                copy.write_row((n, f"name {n}"))
        with cursor.copy("COPY items (id, name) TO STDOUT") as copy:
            print(sum(len(row[1]) for row in copy.rows()))
        try:
            with cursor.copy("COPY items (id) FROM STDIN") as copy:
                copy.write("nonsense\n")
        except psycopg.Error as error:
            print(error.sqlstate)

    with client.transaction(), client.cursor(name="by_name") as cursor:
        cursor.itersize = 100
        cursor.execute("SELECT n FROM generate_series(1, 450) n")
        print(sum(row[0] for row in cursor))

    client.execute("LISTEN news")
    with psycopg.connect(os.environ["CLIENT_DSN"], autocommit=True) as other:
        other.execute("NOTIFY news, 'hello'")
    print(next(client.notifies()).payload)
    print(len(client.execute("SELECT repeat('x', 200000)").fetchone()[0]))
