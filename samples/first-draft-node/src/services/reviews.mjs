export function toReview(row) {
  return {
    id: row.id,
    rating: row.rating,
    text: row.text,
    recommend: row.recommend,
    anonymous: row.anonymous,
    author: row.anonymous ? null : row.author,
    createdAt: row.created_at,
  };
}

export function averageRating(reviews) {
  if (reviews.length === 0) return null;
  return Math.round((reviews.reduce((sum, review) => sum + review.rating, 0) / reviews.length) * 10) / 10;
}

export function createReviews({ db, products }) {
  return {
    async list(sku) {
      const product = await products.requireBySku(sku);
      const rows = await db.query(
        'SELECT r.*, u.name AS author FROM reviews r JOIN users u ON u.id = r.user_id WHERE r.product_id = $1 ORDER BY r.created_at, r.id',
        [product.id],
      );
      const items = rows.map(toReview);
      return { items, averageRating: averageRating(items) };
    },

    async create(sku, userId, { rating, text, recommend, anonymous }) {
      const product = await products.requireBySku(sku);
      const [row] = await db.query(
        'INSERT INTO reviews (product_id, user_id, rating, text, recommend, anonymous) VALUES ($1, $2, $3, $4, $5, $6) RETURNING *, (SELECT name FROM users WHERE id = $2) AS author',
        [product.id, userId, rating, text, recommend, anonymous],
      );
      return toReview(row);
    },
  };
}
