import { randomUUID } from 'node:crypto';
import { HttpError } from '../httpError.mjs';
import { DatabaseUnavailable } from './db.mjs';

export function requestId(req, res, next) {
  req.id = randomUUID();
  res.set('X-Request-Id', req.id);
  next();
}

/** The status and the words for a client. Of a failure of ours it learns no more than an id to ask with. */
export function answerTo(error) {
  if (error instanceof HttpError) return { status: error.status, message: error.message };
  if (error instanceof DatabaseUnavailable) return { status: 503, message: 'Temporarily unavailable, please try again' };
  if (error.type === 'entity.parse.failed') return { status: 400, message: 'The body is not valid JSON' };
  // What Express and its parsers refuse: a path that can't be decoded, a body too large.
  if (error.status >= 400 && error.status < 500) return { status: error.status, message: 'The request could not be read' };
  return { status: 500, message: 'Something went wrong' };
}

export function createErrorHandler(logger) {
  // Express recognises error handlers by their four parameters.
  return (error, req, res, next) => {
    const { status, message } = answerTo(error);
    if (status >= 500) logger.error('Request failed', error, { requestId: req.id, method: req.method, path: req.path, status });
    if (res.headersSent) return next(error);
    if (status === 503) res.set('Retry-After', '2');
    res.status(status).json({ error: message, requestId: req.id });
  };
}
