import pg from 'pg';

/** Thin wrapper around the connection pool. */
export function createDb(connectionString, logger) {
  const pool = new pg.Pool({ connectionString });
  pool.on('error', (error) => logger.error('Idle database client failed', error));

  return {
    async query(text, params = []) {
      try {
        const result = await pool.query(text, params);
        return result.rows;
      } catch (error) {
        throw new Error(`Database query failed: ${error.message}`);
      }
    },
    close: () => pool.end(),
  };
}
