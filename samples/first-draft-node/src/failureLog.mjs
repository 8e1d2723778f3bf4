/** Keeps failed operations in the error_logs table so that support can look them up. */
export function createFailureLog(db) {
  return {
    async record(source, error) {
      try {
        await db.query('INSERT INTO error_logs (source, message) VALUES ($1, $2)', [source, error.message]);
      } catch {
        // Logging must never break a request.
      }
    },
  };
}
