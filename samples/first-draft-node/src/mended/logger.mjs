/** Everything about an error that JSON.stringify leaves out. */
export function describe(error) {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  const { name, message, stack, code, constraint, table } = error;
  return {
    type: name,
    message,
    stack,
    ...(code && { code }),
    ...(constraint && { constraint }),
    ...(table && { table }),
    ...(error.errors && { errors: error.errors.map(describe) }),
    ...(error.cause && { cause: describe(error.cause) }),
  };
}

function write(stream, level, message, error, fields) {
  stream.write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields, ...(error && { error: describe(error) }) })}\n`);
}

export const logger = {
  warn: (message, error, fields) => write(process.stderr, 'warn', message, error, fields),
  error: (message, error, fields) => write(process.stderr, 'error', message, error, fields),
};
