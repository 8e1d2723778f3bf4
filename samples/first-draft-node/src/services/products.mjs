import { HttpError } from '../httpError.mjs';

const WITH_INVENTORY = 'SELECT p.*, row_to_json(i) AS inventory FROM products p LEFT JOIN inventory i ON i.product_id = p.id';

export function toProduct(row) {
  return {
    sku: row.sku,
    name: row.name,
    priceCents: row.price_cents,
    stock: row.inventory.stock,
    weightGrams: row.inventory.weight_grams,
    maxPerOrder: row.inventory.max_per_order,
    active: row.active,
    views: row.views,
  };
}

export function createProducts({ db, logger }) {
  const findBySku = async (sku) => {
    try {
      const [row] = await db.query(`${WITH_INVENTORY} WHERE p.sku = $1`, [sku]);
      return row ?? null;
    } catch (error) {
      logger.error('Failed to load product', error);
      return null;
    }
  };

  const requireBySku = async (sku) => {
    const row = await findBySku(sku);
    if (!row) throw new HttpError(404, 'Product not found');
    return row;
  };

  return {
    requireBySku,

    async list({ limit, offset }) {
      const rows = await db.query(`${WITH_INVENTORY} WHERE p.active ORDER BY p.created_at, p.id LIMIT $1 OFFSET $2`, [limit, offset]);
      return rows.map(toProduct);
    },

    async get(sku) {
      const row = await requireBySku(sku);
      await db.query('UPDATE products SET views = views + 1 WHERE id = $1', [row.id]);
      return toProduct({ ...row, views: row.views + 1 });
    },

    async create({ sku, name, priceCents, stock, weightGrams, maxPerOrder, active }) {
      const [product] = await db.query(
        'INSERT INTO products (sku, name, price_cents, active) VALUES ($1, $2, $3, $4) RETURNING *',
        [sku, name, priceCents, active],
      );
      const [inventory] = await db.query(
        'INSERT INTO inventory (product_id, stock, weight_grams, max_per_order) VALUES ($1, $2, $3, $4) RETURNING *',
        [product.id, stock, weightGrams, maxPerOrder],
      );
      return toProduct({ ...product, inventory });
    },

    async update(sku, { name, priceCents, active, stock, weightGrams, maxPerOrder }) {
      const { id } = await requireBySku(sku);
      const [product] = await db.query(
        'UPDATE products SET name = COALESCE($2, name), price_cents = COALESCE($3, price_cents), active = COALESCE($4, active) WHERE id = $1 RETURNING *',
        [id, name, priceCents, active],
      );
      const [inventory] = await db.query(
        'UPDATE inventory SET stock = COALESCE($2, stock), weight_grams = COALESCE($3, weight_grams), max_per_order = COALESCE($4, max_per_order) WHERE product_id = $1 RETURNING *',
        [id, stock, weightGrams, maxPerOrder],
      );
      return toProduct({ ...product, inventory });
    },
  };
}
