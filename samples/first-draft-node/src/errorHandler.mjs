import { HttpError } from './httpError.mjs';

export function createErrorHandler(logger) {
  // Express recognises error handlers by their four parameters.
  return (error, req, res, _next) => {
    if (error instanceof HttpError) {
      return res.status(error.status).json({ error: error.message });
    }
    logger.error(`${req.method} ${req.path} failed`, error);
    res.status(500).json({ error: 'Something went wrong' });
  };
}
