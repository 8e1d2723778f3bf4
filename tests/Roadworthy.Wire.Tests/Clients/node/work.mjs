// Prints what a client of node-postgres sees; the same through the proxy and without it.
import pg from 'pg';
import Cursor from 'pg-cursor';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { pipeline } from 'node:stream/promises';
import { Readable, Writable } from 'node:stream';

const say = (...what) => console.log(JSON.stringify(what));
const client = new pg.Client({ connectionString: process.env.CLIENT_URL });
await client.connect();

await client.query('TRUNCATE items, parents');
say((await client.query('SELECT $1::int + 1 AS n', [41])).rows);
say((await client.query({ name: 'by-name', text: 'SELECT $1::text AS t', values: ['a'] })).rows);
say((await client.query({ name: 'by-name', text: 'SELECT $1::text AS t', values: ['b'] })).rows);
say((await client.query('SELECT 1 AS a; SELECT 2 AS b; SELECT 3 AS c')).map(result => result.rows));
await client.query('BEGIN');
await client.query("INSERT INTO items VALUES (1, 'one')");
try { await client.query("INSERT INTO items VALUES (1, 'one')"); } catch (error) { say(error.code, error.constraint); }
try { await client.query('SELECT 1'); } catch (error) { say(error.code); }
await client.query('ROLLBACK');
try { await client.query('SELECT $1::int', ['nonsense']); } catch (error) { say(error.code); }
say((await Promise.all([1, 2, 3].map(n => client.query('SELECT $1::int AS n', [n])))).map(result => result.rows[0].n));

const cursor = client.query(new Cursor('SELECT n FROM generate_series(1, 7) n'));
for (let rows = await cursor.read(3); rows.length > 0; rows = await cursor.read(3)) say(rows.map(row => row.n));
await cursor.close();

await pipeline(Readable.from(['1\tone\n', '2\ttwo\n']), client.query(copyFrom('COPY items (id, name) FROM STDIN')));
let copied = '';
await pipeline(client.query(copyTo('COPY items (id, name) TO STDOUT')), new Writable({ write(piece, _, done) { copied += piece; done(); } }));
say(copied);

const heard = new Promise(resolve => client.on('notification', message => resolve(message.payload)));
await client.query('LISTEN news');
const other = new pg.Client({ connectionString: process.env.CLIENT_URL });
await other.connect();
await other.query("NOTIFY news, 'hello'");
say(await heard);
await other.end();
say((await client.query("SELECT repeat('x', 200000) AS x")).rows[0].x.length);
await client.end();
