// Runs the statements that it is given on one connection and prints what came of each. Waits for a line of input before each one behind the first 'wait'.
import pg from 'pg';
import readline from 'node:readline';

const lines = readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const client = new pg.Client({ connectionString: process.env.CLIENT_URL });
client.on('error', () => {});
try {
  await client.connect();
  for (const sql of JSON.parse(process.env.CLIENT_SQL)) {
    if (sql === 'wait') { console.log('waiting'); await lines.next(); continue; }
    try {
      const parts = Array.isArray(sql) ? sql : [sql];
      const result = await client.query(...parts);
      console.log(`ok ${result.command} ${JSON.stringify(result.rows)}`);
    } catch (error) { console.log(`error ${error.code ?? error.message}`); }
  }
} catch (error) { console.log(`refused ${error.code ?? error.message}`); }
await client.end().catch(() => {});
process.exit(0);
