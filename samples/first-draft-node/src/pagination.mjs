/** Reads page and limit from the query string. */
export function readPage(query, maxLimit = 100) {
  const page = Number(query.page) || 1;
  const limit = Math.min(Number(query.limit) || 20, maxLimit);
  return { page, limit, offset: (page - 1) * limit };
}
