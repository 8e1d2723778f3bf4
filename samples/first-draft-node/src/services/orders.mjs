import { HttpError } from '../httpError.mjs';

export function toOrder(row, items) {
  return {
    id: row.id,
    status: row.status,
    totalCents: row.total_cents,
    giftWrap: row.gift_wrap,
    deliverAfter: row.deliver_after,
    createdAt: row.created_at,
    items,
  };
}

export function toItem(row) {
  return { sku: row.sku, name: row.name, quantity: row.quantity, unitPriceCents: row.unit_price_cents };
}

export function totalOf(lines) {
  return lines.reduce((sum, line) => sum + line.quantity * line.unitPriceCents, 0);
}

const ITEMS = `SELECT i.order_id, i.product_id, i.quantity, i.unit_price_cents, p.sku, p.name
  FROM order_items i JOIN products p ON p.id = i.product_id`;

export function createOrders({ db }) {
  const withItems = async (orders) => {
    const items = await db.query(`${ITEMS} WHERE i.order_id = ANY($1) ORDER BY p.sku`, [orders.map((order) => order.id)]);
    return orders.map((order) => toOrder(order, items.filter((item) => item.order_id === order.id).map(toItem)));
  };

  const reserveStock = async ({ sku, quantity }) => {
    const [product] = await db.query(
      `SELECT p.id, p.sku, p.name, p.price_cents, i.stock, i.max_per_order
       FROM products p JOIN inventory i ON i.product_id = p.id WHERE p.sku = $1 AND p.active`,
      [sku],
    );
    if (!product) throw new HttpError(400, `Unknown product ${sku}`);
    if (product.max_per_order && quantity > product.max_per_order) {
      throw new HttpError(400, `At most ${product.max_per_order} of ${sku} per order`);
    }
    if (product.stock < quantity) throw new HttpError(409, `Not enough stock for ${sku}`);
    await db.query('UPDATE inventory SET stock = $1 WHERE product_id = $2', [product.stock - quantity, product.id]);
    return { productId: product.id, sku: product.sku, name: product.name, quantity, unitPriceCents: product.price_cents };
  };

  return {
    async create(userId, { items, giftWrap, deliverAfter }) {
      const lines = [];
      for (const item of items) {
        lines.push(await reserveStock(item));
      }

      const [order] = await db.query(
        'INSERT INTO orders (user_id, total_cents, gift_wrap, deliver_after) VALUES ($1, $2, $3, $4) RETURNING *',
        [userId, totalOf(lines), giftWrap, deliverAfter],
      );
      for (const line of lines) {
        await db.query(
          'INSERT INTO order_items (order_id, product_id, quantity, unit_price_cents) VALUES ($1, $2, $3, $4)',
          [order.id, line.productId, line.quantity, line.unitPriceCents],
        );
      }
      return toOrder(order, lines.map(({ productId, ...item }) => item));
    },

    async list(userId, { limit, offset }) {
      const orders = await db.query(
        'SELECT * FROM orders WHERE user_id = $1 ORDER BY created_at DESC, id LIMIT $2 OFFSET $3',
        [userId, limit, offset],
      );
      return withItems(orders);
    },

    async get(orderId) {
      const [order] = await db.query('SELECT * FROM orders WHERE id = $1', [orderId]);
      if (!order) throw new HttpError(404, 'Order not found');
      const [result] = await withItems([order]);
      return result;
    },

    async cancel(orderId, userId) {
      const [order] = await db.query('SELECT * FROM orders WHERE id = $1 AND user_id = $2', [orderId, userId]);
      if (!order) throw new HttpError(404, 'Order not found');
      if (order.status !== 'pending') throw new HttpError(409, `Order is already ${order.status}`);

      await db.query("UPDATE orders SET status = 'cancelled' WHERE id = $1", [orderId]);
      const items = await db.query(`${ITEMS} WHERE i.order_id = $1 ORDER BY p.sku`, [orderId]);
      for (const item of items) {
        await db.query('UPDATE inventory SET stock = stock + $1 WHERE product_id = $2', [item.quantity, item.product_id]);
      }
      return toOrder({ ...order, status: 'cancelled' }, items.map(toItem));
    },
  };
}
