import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';
import { config } from './config.mjs';

const LOCK = 727274;

const folders = [new URL('../migrations/', import.meta.url)];
if (config.mended) folders.push(new URL('./mended/migrations/', import.meta.url));

const client = new pg.Client({ connectionString: config.databaseUrl });
await client.connect();
try {
  await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
  await client.query('CREATE TABLE IF NOT EXISTS schema_migrations (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())');
  const { rows } = await client.query('SELECT name FROM schema_migrations');
  const applied = new Set(rows.map((row) => row.name));
  for (const folder of folders) {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
    for (const name of names) {
      if (applied.has(name)) continue;
      await client.query('BEGIN');
      await client.query(await readFile(new URL(name, folder), 'utf8'));
      await client.query('INSERT INTO schema_migrations (name) VALUES ($1)', [name]);
      await client.query('COMMIT');
      console.log(`Applied ${name}`);
    }
  }
} finally {
  await client.end();
}
