import { HttpError } from '../../httpError.mjs';
import { toProduct } from '../../services/products.mjs';

const WITH_INVENTORY = 'SELECT p.*, row_to_json(i) AS inventory FROM products p JOIN inventory i ON i.product_id = p.id';

const isStorable = (sku) => !sku.includes('\0') && sku.isWellFormed();

export function createProducts({ db }) {
  const requireBySku = async (sku) => {
    const [row] = isStorable(sku) ? await db.query(`${WITH_INVENTORY} WHERE p.sku = $1`, [sku]) : [];
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
      return toProduct(await requireBySku(sku));
    },

    // A product without its inventory would be worth nothing: both or neither.
    async create({ sku, name, priceCents, stock, weightGrams, maxPerOrder, active }) {
      return db.transaction(async (query) => {
        const [product] = await query(
          'INSERT INTO products (sku, name, price_cents, active) VALUES ($1, $2, $3, $4) ON CONFLICT (sku) DO NOTHING RETURNING *',
          [sku, name, priceCents, active],
        );
        if (!product) throw new HttpError(409, `There is a product ${sku} already`);
        const [inventory] = await query(
          'INSERT INTO inventory (product_id, stock, weight_grams, max_per_order) VALUES ($1, $2, $3, $4) RETURNING *',
          [product.id, stock, weightGrams, maxPerOrder],
        );
        return toProduct({ ...product, inventory });
      });
    },

    async update(sku, { name, priceCents, active, stock, weightGrams, maxPerOrder }) {
      const { id } = await requireBySku(sku);
      return db.transaction(async (query) => {
        const [product] = await query(
          'UPDATE products SET name = COALESCE($2, name), price_cents = COALESCE($3, price_cents), active = COALESCE($4, active) WHERE id = $1 RETURNING *',
          [id, name, priceCents, active],
        );
        const [inventory] = await query(
          'UPDATE inventory SET stock = COALESCE($2, stock), weight_grams = COALESCE($3, weight_grams), max_per_order = COALESCE($4, max_per_order) WHERE product_id = $1 RETURNING *',
          [id, stock, weightGrams, maxPerOrder],
        );
        return toProduct({ ...product, inventory });
      });
    },
  };
}
