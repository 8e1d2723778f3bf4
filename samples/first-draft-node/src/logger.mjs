/** Structured logger: one JSON object per line. */
function write(stream, entry) {
  stream.write(`${JSON.stringify({ time: new Date().toISOString(), ...entry })}\n`);
}

export const logger = {
  info: (message, data = {}) => write(process.stdout, { level: 'info', message, ...data }),
  error: (message, error) => write(process.stderr, { level: 'error', message, error }),
};
