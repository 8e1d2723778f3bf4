import pg from 'pg';

const UNAVAILABLE = new Set([
  'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN',
  '08000', '08001', '08003', '08004', '08006', '53300', '55P03', '57014', '57P01', '57P02', '57P03', '40001', '40P01',
]);
const UNAVAILABLE_TEXT = /timeout exceeded when trying to connect|connection terminated|query read timeout|not queryable/i;
const REPEATABLE = new Set(['40001', '40P01']);
const ATTEMPTS = 3;

/** The database is down, overloaded or busy for too long: the same request may succeed later. */
export class DatabaseUnavailable extends Error {
  constructor(cause) {
    super(`The database can't be used now: ${cause.message || cause.code}`, { cause });
    this.name = 'DatabaseUnavailable';
  }
}

function classified(error) {
  return UNAVAILABLE.has(error.code) || UNAVAILABLE_TEXT.test(error.message) ? new DatabaseUnavailable(error) : error;
}

export function createDb(connectionString, logger) {
  const pool = new pg.Pool({ connectionString, connectionTimeoutMillis: 3_000, statement_timeout: 5_000, query_timeout: 8_000 });
  pool.on('error', (error) => logger.warn('An idle database connection was lost', error));

  const attempt = async (work) => {
    const client = await pool.connect();
    let failure;
    // A connection that dies between two statements says so by an event; the next statement fails with it.
    const lost = (error) => { failure = error; };
    client.on('error', lost);
    try {
      await client.query('BEGIN');
      const result = await work(async (text, params = []) => (await client.query(text, params)).rows);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((rollback) => { failure = rollback; });
      throw error;
    } finally {
      client.off('error', lost);
      client.release(failure);
    }
  };

  return {
    async query(text, params = []) {
      try {
        return (await pool.query(text, params)).rows;
      } catch (error) {
        throw classified(error);
      }
    },

    /** Runs the work in a transaction, again where it collided with another one. */
    async transaction(work) {
      for (let tried = 1; ; tried += 1) {
        try {
          return await attempt(work);
        } catch (error) {
          if (!REPEATABLE.has(error.code) || tried === ATTEMPTS) throw classified(error);
        }
      }
    },

    close: () => pool.end(),
  };
}
