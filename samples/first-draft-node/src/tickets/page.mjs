import { HttpError } from '../httpError.mjs';

function read(query, name, fallback, max) {
  const text = query[name];
  if (text === undefined || text === '') return fallback;
  const value = typeof text === 'string' && /^\d{1,7}$/.test(text) ? Number(text) : NaN;
  if (!(value >= 1 && value <= max)) throw new HttpError(400, `query:${name} has to be a whole number from 1 to ${max}`);
  return value;
}

/** page and limit of a list. Anything else than whole numbers in their range is refused. */
export function readBoundedPage(query, maxLimit = 100) {
  const page = read(query, 'page', 1, 1_000_000);
  const limit = read(query, 'limit', 20, maxLimit);
  return { page, limit, offset: (page - 1) * limit };
}
