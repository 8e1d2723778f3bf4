import { createReviews as createDraftReviews, toReview } from '../../services/reviews.mjs';

export function createReviews({ db, products }) {
  return {
    ...createDraftReviews({ db, products }),

    async list(sku, { limit, offset }) {
      const product = await products.requireBySku(sku);
      const rows = await db.query(
        `SELECT r.*, u.name AS author FROM reviews r JOIN users u ON u.id = r.user_id
         WHERE r.product_id = $1 ORDER BY r.created_at, r.id LIMIT $2 OFFSET $3`,
        [product.id, limit, offset],
      );
      const [{ average }] = await db.query('SELECT round(avg(rating), 1)::float8 AS average FROM reviews WHERE product_id = $1', [product.id]);
      return { items: rows.map(toReview), averageRating: average };
    },
  };
}
